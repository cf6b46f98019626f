import { gunzipSync, gzipSync } from 'node:zlib';
import { ConfigurationError } from '@portcullis/config';

/** Version of the parameter's own form. */
const VERSION = 1;
/** What an advanced parameter takes. */
const MAX_VALUE_BYTES = 8 * 1024;
const MAX_UNZIPPED_BYTES = 1024 * 1024;

/**
 * Something as it is kept in a parameter: versioned JSON, compressed where it would not fit otherwise.
 *
 * @param advice - how to make it shorter
 * @throws {ConfigurationError} where even that is above what a parameter takes
 */
export function packedValue(name: string, content: unknown, advice: string): string {
  const plain = JSON.stringify({ version: VERSION, [name]: content });
  if (Buffer.byteLength(plain) <= MAX_VALUE_BYTES) return plain;
  const zipped = JSON.stringify({ version: VERSION, gzip: gzipSync(JSON.stringify(content)).toString('base64') });
  if (zipped.length <= MAX_VALUE_BYTES) return zipped;
  throw new ConfigurationError(name, [
    {
      path: '',
      message: `take ${zipped.length} bytes, compressed; a parameter holds ${MAX_VALUE_BYTES}: ${advice}`,
    },
  ]);
}

/**
 * The same as it comes out of a parameter, unchecked.
 *
 * @throws {ConfigurationError} where there is none
 */
export function unpackedValue(name: string, value: string, parameter: string): unknown {
  try {
    const { version, gzip, ...rest }: Readonly<Record<string, unknown>> = JSON.parse(value);
    if (version !== VERSION) throw new RangeError(`version ${String(version)}, expected ${VERSION}`);
    if (typeof gzip !== 'string') return rest[name];
    return JSON.parse(
      gunzipSync(Buffer.from(gzip, 'base64'), { maxOutputLength: MAX_UNZIPPED_BYTES }).toString('utf8'),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(parameter, [{ path: '', message: `holds no ${name}: ${reason}` }], { cause });
  }
}
