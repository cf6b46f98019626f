import { gunzipSync, gzipSync } from 'node:zlib';
import { UnreadableItemError } from './errors.ts';

const PLAIN = 0;
const GZIP = 1;
/** Shorter ones gain nothing. */
const WORTHWHILE_BYTES = 200;
/** Nothing that we store comes near; stops what is not ours. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;

/** Bytes as they are stored: behind a first byte that says how, compressed where that is shorter. */
export function packBytes(bytes: Uint8Array): Uint8Array {
  const zipped = bytes.length < WORTHWHILE_BYTES ? undefined : gzipSync(bytes);
  return zipped !== undefined && zipped.length < bytes.length ? prefixed(GZIP, zipped) : prefixed(PLAIN, bytes);
}

/** @throws {UnreadableItemError} */
export function unpackBytes(packed: Uint8Array): Uint8Array {
  const content = packed.subarray(1);
  if (packed[0] === PLAIN) return content;
  if (packed[0] !== GZIP) throw new UnreadableItemError(`stored in an unknown form: ${packed[0]}`);
  return new Uint8Array(gunzipSync(content, { maxOutputLength: MAX_UNPACKED_BYTES }));
}

export function packText(text: string): Uint8Array {
  return packBytes(new TextEncoder().encode(text));
}

export function unpackText(packed: Uint8Array): string {
  return new TextDecoder().decode(unpackBytes(packed));
}

function prefixed(form: number, bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(bytes.length + 1);
  packed[0] = form;
  packed.set(bytes, 1);
  return packed;
}
