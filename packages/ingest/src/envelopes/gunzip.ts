import { constants, gunzipSync } from 'node:zlib';
import type { RejectReason } from '../outcome.ts';

/** What came out of a gzip stream. With a `failure`, `bytes` is what could be had before it. */
export interface Gunzipped {
  readonly bytes: Buffer;
  readonly failure?: { readonly reason: RejectReason; readonly message: string };
}

const NOTHING = Buffer.alloc(0);
const DEFLATE_MAX_RATIO = 1032;
const MIN_CHUNK_BYTES = 16 * 1024;
const MAX_CHUNK_BYTES = 64 * 1024 * 1024;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/**
 * Decompresses gzip of one or many members, never to more than `maxBytes`.
 *
 * A stream that ends too early keeps what came before the end: records in front of the cut are whole.
 * A stream with wrong bytes keeps nothing: what it decodes to up to the checksum cannot be trusted.
 */
export function gunzip(bytes: Uint8Array, maxBytes: number): Gunzipped {
  const options = { maxOutputLength: maxBytes, chunkSize: chunkSizeFor(bytes, maxBytes) };
  try {
    return { bytes: gunzipSync(bytes, options) };
  } catch (error) {
    switch (codeOf(error)) {
      case 'ERR_BUFFER_TOO_LARGE':
        return failed(
          'decompressed-too-large',
          `decompresses to more than the ${maxBytes} bytes left by limit decompressedBytes`,
        );
      case 'Z_BUF_ERROR':
        return {
          ...failed('truncated-gzip', 'gzip stream ends before its end marker'),
          bytes: untilTheCut(bytes, options),
        };
      default:
        return failed(
          'not-gzip',
          `gzip stream is corrupt: ${error instanceof Error ? error.message : 'unknown error'}`,
        );
    }
  }
}

/** Smaller buffers may share their memory with others. */
const OWN_MEMORY_BYTES = 64 * 1024;

/**
 * Gives back the memory of what was unpacked, which nobody may look at any more.
 *
 * Left to the collector it would stay until some later collection: outside the heap it hardly counts there, so dead
 * containers would pile up, and each new one would have to be given fresh pages.
 */
export function release({ buffer, byteOffset, byteLength }: Buffer): void {
  if (byteOffset === 0 && byteLength >= OWN_MEMORY_BYTES && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function untilTheCut(bytes: Uint8Array, options: { maxOutputLength: number; chunkSize: number }): Buffer {
  try {
    return gunzipSync(bytes, { ...options, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return NOTHING;
  }
}

/**
 * One output buffer of the size that the gzip trailer promises: a third faster than growing in 16 KiB
 * steps. The promise is a stranger's, so it is held to what deflate can reach and to the limit.
 */
function chunkSizeFor(bytes: Uint8Array, maxBytes: number): number {
  const end = bytes.length;
  const promised =
    (bytes[end - 4] ?? 0) +
    (bytes[end - 3] ?? 0) * 2 ** 8 +
    (bytes[end - 2] ?? 0) * 2 ** 16 +
    (bytes[end - 1] ?? 0) * 2 ** 24;
  const possible = Math.min(promised, end * DEFLATE_MAX_RATIO, maxBytes, MAX_CHUNK_BYTES);
  return Math.max(MIN_CHUNK_BYTES, possible + 64);
}

function failed(reason: RejectReason, message: string): Required<Gunzipped> {
  return { bytes: NOTHING, failure: { reason, message } };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
