import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeSettings } from './accepted-values.ts';
import { configVersion } from './config-version.ts';
import { defaultSettings } from './defaults.ts';
import { settingsMarkdown } from './document-settings.ts';
import { ConfigurationError } from './errors.ts';
import { parseSettings } from './parse-settings.ts';
import { defineConfig, type SettingsInput } from './settings.ts';
import { settingsSchema } from './settings-schema.ts';

const WHERE = 'portcullis.config.json';

function messageFor(value: unknown): string {
  try {
    parseSettings(value, WHERE);
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

describe('parseSettings', () => {
  it('gives the defaults for an empty configuration', () => {
    expect(parseSettings({}, WHERE)).toEqual(defaultSettings);
    expect(defaultSettings).toMatchObject({ lateness: { minutes: 15 }, alerts: { familyDiscount: 0.35 } });
  });

  it('keeps what is set and fills in what stands beside it', () => {
    const input = defineConfig({ alerts: { allowanceBits: 5 }, detectors: { 'call-rate': 'shadow' } });

    const { alerts, detectors } = parseSettings(input, WHERE);

    expect(alerts).toEqual({ ...defaultSettings.alerts, allowanceBits: 5 });
    expect(detectors).toEqual({ ...defaultSettings.detectors, 'call-rate': 'shadow' });
  });

  it.each([
    {
      value: { alerts: { budgetPer100ActorsPerWeek: 'lots' } },
      message: 'alerts.budgetPer100ActorsPerWeek: found "lots"; takes a number from 0.1 to 100; the default is 1',
      why: 'wrong type',
    },
    {
      value: { alerts: { budgetPer100ActorsPerWeek: 0 } },
      message: 'alerts.budgetPer100ActorsPerWeek: found 0; takes a number from 0.1 to 100; the default is 1',
      why: 'below the range',
    },
    {
      value: { limits: { fileBytes: 1.5 } },
      message: 'limits.fileBytes: found 1.5; takes a whole number of at least 1',
      why: 'bytes are whole, and open-ended',
    },
    {
      value: { detectors: { 'new-action': true } },
      message: 'detectors.new-action: found true; takes "off", "shadow", "alert"; the default is "alert"',
      why: 'not in the list',
    },
    {
      value: { accounts: { own: ['123456789012', 42] } },
      message: 'accounts.own.1: found 42; takes a list of 12-digit account ids',
      why: 'one bad member',
    },
    { value: { alerts: 3 }, message: 'alerts: found 3; takes an object of settings', why: 'a group is not a value' },
    { value: [], message: `${WHERE}: found []; takes an object of settings`, why: 'not an object at all' },
    { value: undefined, message: 'found undefined; takes an object', why: 'a module without a default export' },
    {
      value: { alerts: { budgetPer100ActorPerWeek: 3 } },
      message: 'no such setting; did you mean alerts.budgetPer100ActorsPerWeek?',
      why: 'a typing slip',
    },
    { value: { alert: {} }, message: 'alert: no such setting; did you mean alerts?', why: 'a slip in a group' },
    {
      value: { allowanceBits: 3 },
      message: 'allowanceBits: no such setting; did you mean alerts.allowanceBits?',
      why: 'right name, wrong place',
    },
    {
      value: { quantumFlux: 3 },
      message: 'quantumFlux: no such setting; docs/configuration.md lists all',
      why: 'nothing near',
    },
    { value: JSON.parse('{"__proto__": {"x": 1}}'), message: '__proto__: no such setting', why: 'prototype key' },
    {
      value: { dedupe: { horizonMinutes: 10 } },
      message: 'dedupe.horizonMinutes: found 10; takes at least lateness.minutes',
      why: 'a repetition would be learned twice',
    },
  ])('says "$message" ($why)', ({ value, message }) => {
    expect(messageFor(value)).toContain(message);
  });

  it('names every wrong setting at once, each with its file', () => {
    const lines = messageFor({ lateness: { minutes: -1 }, actors: { maxSessionsPerRole: 0 } }).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.startsWith(`${WHERE}: `))).toBe(true);
  });

  it('shortens what it found', () => {
    expect(messageFor({ lateness: { minutes: 'x'.repeat(10_000) } }).length).toBeLessThan(250);
  });
});

describe('configVersion', () => {
  it('does not depend on the order in which settings were written', () => {
    const one: SettingsInput = { lateness: { minutes: 5 }, dedupe: { horizonMinutes: 30 } };
    const other: SettingsInput = { dedupe: { horizonMinutes: 30 }, lateness: { minutes: 5 } };
    const reversed = Object.fromEntries(Object.entries(parseSettings(other, WHERE)).reverse());

    expect(configVersion({ ...parseSettings(one, WHERE), ...reversed })).toBe(configVersion(parseSettings(one, WHERE)));
    const { alerts, ...rest } = defaultSettings;
    expect(configVersion({ ...rest, alerts })).toBe(configVersion(defaultSettings));
  });

  it('changes with any setting', () => {
    expect(configVersion(parseSettings({ lateness: { minutes: 16 } }, WHERE))).not.toBe(configVersion(defaultSettings));
    expect(configVersion(defaultSettings)).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('documentation', () => {
  it('says for every setting what it is for and what it takes', () => {
    for (const { path, description, defaultValue, accepts } of describeSettings()) {
      expect(description, path).toMatch(/\.$/);
      expect(defaultValue, path).toBeDefined();
      expect(accepts, path).not.toContain('undefined');
    }
  });

  it('is generated from the schema (npm run generate in packages/config)', () => {
    const file = new URL('../../../docs/configuration.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(settingsMarkdown());
  });
});

describe('defaultSettings', () => {
  it('are what the schema gives', () => {
    expect(defaultSettings).toEqual(settingsSchema.parse({}));
  });
});
