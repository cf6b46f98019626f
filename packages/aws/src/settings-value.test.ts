import { ConfigurationError } from '@portcullis/config';
import { defaultSettings } from '@portcullis/config/defaults';
import { expect, it } from 'vitest';
import { settingsIn, settingsParameter } from './settings-value.ts';

const teamsOf = (count: number, member: (index: number) => string) => ({
  ...defaultSettings,
  teams: { all: Array.from({ length: count }, (_, index) => member(index)) },
});

it.each([
  { settings: defaultSettings, why: 'as they are' },
  { settings: teamsOf(1000, (index) => `team-member-${index}`), why: 'compressed, where they would not fit' },
])('gives settings back: $why', ({ settings }) => {
  const value = settingsParameter(settings);

  expect(Buffer.byteLength(value)).toBeLessThanOrEqual(8192);
  expect(settingsIn(value, '/a')).toEqual(settings);
});

it('refuses settings that fit in no way', () => {
  const noise = (index: number) => Math.imul(index, 2_654_435_761).toString(36).repeat(3) + Math.imul(index, 40_503);

  expect(() => settingsParameter(teamsOf(5000, noise))).toThrow(ConfigurationError);
});

it.each(['', '{}', '{"version":2,"settings":{}}', '{"version":1,"gzip":"AAAA"}'])(
  'says that %j holds none',
  (value) => {
    expect(() => settingsIn(value, '/portcullis-production/settings')).toThrow(
      /^\/portcullis-production\/settings: holds no settings/,
    );
  },
);
