import { gunzipSync, gzipSync } from 'node:zlib';
import { ConfigurationError, type SettingsInput } from '@portcullis/config';

/** Version of the parameter's own form. */
const VERSION = 1;
/** What an advanced parameter takes. */
const MAX_VALUE_BYTES = 8 * 1024;
const MAX_UNZIPPED_BYTES = 1024 * 1024;

/**
 * Settings as they are kept in a parameter: versioned JSON, compressed where it would not fit otherwise.
 *
 * @throws {ConfigurationError} where even that is above what a parameter takes
 */
export function settingsParameter(settings: SettingsInput): string {
  const plain = JSON.stringify({ version: VERSION, settings });
  if (Buffer.byteLength(plain) <= MAX_VALUE_BYTES) return plain;
  const zipped = JSON.stringify({ version: VERSION, gzip: gzipSync(JSON.stringify(settings)).toString('base64') });
  if (zipped.length <= MAX_VALUE_BYTES) return zipped;
  throw new ConfigurationError('settings', [
    {
      path: '',
      message: `take ${zipped.length} bytes, compressed; a parameter holds ${MAX_VALUE_BYTES}: shorten teams or suppressions`,
    },
  ]);
}

/**
 * Settings as they come out of a parameter, unchecked.
 *
 * @throws {ConfigurationError} where there are none
 */
export function settingsIn(value: string, name: string): unknown {
  try {
    const { version, settings, gzip }: { version?: unknown; settings?: unknown; gzip?: unknown } = JSON.parse(value);
    if (version !== VERSION) throw new RangeError(`version ${String(version)}, expected ${VERSION}`);
    if (typeof gzip !== 'string') return settings;
    return JSON.parse(
      gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: MAX_UNZIPPED_BYTES }).toString('utf8'),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(name, [{ path: '', message: `holds no settings: ${reason}` }], { cause });
  }
}
