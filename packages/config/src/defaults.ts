import defaults from './generated/default-settings.json' with { type: 'json' };
import type { Settings } from './settings.ts';

/**
 * What holds without a configuration file. Generated from the schema, so that a run that needs no
 * checking of settings does not load what checks them.
 */
export const defaultSettings: Settings = defaults as Settings;
