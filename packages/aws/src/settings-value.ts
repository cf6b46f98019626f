import type { SettingsInput } from '@portcullis/config';
import { packedValue, unpackedValue } from './packed-value.ts';

/** Settings as they are kept in a parameter. @throws {ConfigurationError} where they do not fit */
export function settingsParameter(settings: SettingsInput): string {
  return packedValue('settings', settings, 'shorten teams or suppressions');
}

/** Settings as they come out of a parameter, unchecked. @throws {ConfigurationError} where there are none */
export function settingsIn(value: string, name: string): unknown {
  return unpackedValue('settings', value, name);
}
