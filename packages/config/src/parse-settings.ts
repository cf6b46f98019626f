import type * as z from 'zod';
import { describeSettings, type SettingDescription } from './accepted-values.ts';
import { ConfigurationError, type ConfigurationProblem } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import type { Settings } from './settings.ts';
import { settingsSchema } from './settings-schema.ts';

type Issue = z.core.$ZodIssue;

const MAX_SHOWN = 60;

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param where - the file as the user named it, for the message
 * @throws {ConfigurationError} naming every wrong setting, what was found and a good value
 * @example
 * parseSettings({ lateness: { minutes: 30 } }, 'portcullis.config.ts').dedupe.horizonMinutes; // => 60
 */
export function parseSettings(value: unknown, where: string): Settings {
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const settings = describeSettings();
  throw new ConfigurationError(
    where,
    result.error.issues.flatMap((issue) => problems(issue, value, settings)),
  );
}

function problems(issue: Issue, value: unknown, settings: readonly SettingDescription[]): ConfigurationProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownSetting([...issue.path, key].join('.'), settings));
  }
  const path = issue.path.join('.');
  const found = shown(issue.path.reduce(member, value));
  if (issue.code === 'custom' || saysWhatItTakes(issue)) return [{ path, message: `found ${found}; ${issue.message}` }];
  const setting = settings.find((known) => path === known.path || path.startsWith(`${known.path}.`));
  if (!setting) return [{ path, message: `found ${found}; takes an object of settings` }];
  return [{ path, message: `found ${found}; takes ${setting.accepts}; the default is ${shown(setting.defaultValue)}` }];
}

/** Within lists of objects the schema words what is accepted itself. */
function saysWhatItTakes({ message }: Issue): boolean {
  return message.startsWith('takes ');
}

function unknownSetting(path: string, settings: readonly SettingDescription[]): ConfigurationProblem {
  const paths = settings.map((setting) => setting.path);
  const groups = [...new Set(paths.map((known) => known.split('.')[0] ?? ''))];
  const name = path.split('.').at(-1) ?? path;
  const misplaced = paths.find((known) => known.endsWith(`.${name}`));
  const meant = misplaced ?? nearestName(path, [...groups, ...paths]);
  return {
    path,
    message: `no such setting${meant ? `; did you mean ${meant}?` : '; docs/configuration.md lists all'}`,
  };
}

function member(parent: unknown, key: PropertyKey): unknown {
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
    ? (parent as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

function shown(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
