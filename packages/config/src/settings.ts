import type * as z from 'zod';
import type { settingsSchema } from './settings-schema.ts';

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

/** All settings, complete and checked. */
export type Settings = Immutable<z.output<typeof settingsSchema>>;

/** What a configuration file holds: any part of the settings; the rest keeps its default. */
export type SettingsInput = Immutable<z.input<typeof settingsSchema>>;

export type DetectorId = keyof Settings['detectors'];
export type DetectorMode = Settings['detectors'][DetectorId];

/**
 * Gives a configuration file its types; the values are checked when the file is loaded.
 *
 * @example
 * // portcullis.config.ts
 * export default defineConfig({ alerts: { budgetPer100ActorsPerWeek: 3 } });
 */
export function defineConfig(input: SettingsInput): SettingsInput {
  return input;
}
