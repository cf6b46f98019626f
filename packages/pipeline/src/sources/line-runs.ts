import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Rejection } from '@portcullis/ingest';
import { codeOf } from './list-files.ts';
import { isGzip } from './peek-times.ts';

/** Whole lines of a long file or pipe; or the end of it, with what is wrong. */
export type Run =
  | { readonly kind: 'lines'; readonly bytes: Uint8Array; readonly precedingLines: number }
  | { readonly kind: 'broken'; readonly rejection: Rejection };

export interface RunLimits {
  /** Bytes of a run, at most one read more. */
  readonly runBytes: number;
  /** Bytes of a document that is not one of many lines, and so has to be held whole. */
  readonly documentBytes: number;
}

/** Beyond it text is no log any more: real logs compress 10 to 40 times. */
const MAX_GZIP_RATIO = 200;
const READ_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Cuts a stream, compressed or not, into runs of whole lines.
 *
 * A stream whose first line is no JSON document is one document itself and comes as one run. A line that
 * is longer than a run is given up, by name, and the lines after it are read on. A stream that breaks
 * gives the whole lines before the break first.
 */
export async function* lineRuns(stream: Readable, { runBytes, documentBytes }: RunLimits): AsyncGenerator<Run> {
  const pending = new Pending();
  let precedingLines = 0;
  let mode: 'lines' | 'document' | 'long-line' | undefined;
  try {
    for await (const chunk of inflated(stream, { runBytes, documentBytes })) {
      pending.push(chunk);
      if (mode === 'long-line') {
        if (!pending.dropLine()) {
          continue;
        }
        precedingLines++;
        mode = 'lines';
      }
      if (pending.bytes < (mode === 'document' ? documentBytes + 1 : runBytes)) {
        continue;
      }
      mode ??= beginsWithDocumentLine(pending.peek()) ? 'lines' : 'document';
      if (mode === 'document') {
        if (pending.bytes > documentBytes) {
          yield broken(
            'file-too-large',
            `one document of more than ${documentBytes} bytes; as JSON lines it could be read`,
          );
          return;
        }
        continue;
      }
      const lines = pending.takeLines();
      if (lines.length === 0) {
        yield broken('record-too-large', `line of more than ${runBytes} bytes`, `line ${precedingLines + 1}`);
        mode = 'long-line';
      } else {
        yield { kind: 'lines', bytes: lines, precedingLines };
        precedingLines += countLines(lines);
      }
    }
  } catch (error) {
    const bytes = mode === 'long-line' ? new Uint8Array() : pending.takeLines();
    if (bytes.length > 0) {
      yield { kind: 'lines', bytes, precedingLines };
    }
    yield { kind: 'broken', rejection: rejectionOf(error) };
    return;
  }
  if (pending.bytes > 0 && mode !== 'long-line') {
    yield { kind: 'lines', bytes: pending.peek(), precedingLines };
  } else if (mode === undefined) {
    yield { kind: 'lines', bytes: new Uint8Array(), precedingLines };
  }
}

/** Bytes that have been read and not yet handed on; joined only when looked at. */
class Pending {
  #parts: Buffer[] = [];
  bytes = 0;

  push(part: Buffer): void {
    this.#parts.push(part);
    this.bytes += part.length;
  }

  peek(): Buffer {
    const all = this.#parts.length === 1 ? this.#parts[0] : undefined;
    const joined = all ?? Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }

  takeLines(): Buffer {
    const all = this.peek();
    return this.#take(all, all.lastIndexOf(NEWLINE) + 1);
  }

  /** Throws away up to the first line break; false if there is none yet. */
  dropLine(): boolean {
    const all = this.peek();
    const end = all.indexOf(NEWLINE) + 1;
    this.#take(all, end === 0 ? all.length : end);
    return end > 0;
  }

  #take(all: Buffer, end: number): Buffer {
    this.#parts = [all.subarray(end)];
    this.bytes = all.length - end;
    return all.subarray(0, end);
  }
}

class TooLargeError extends Error {}

/** The stream as it is, or inflated where it begins as gzip. */
async function* inflated(stream: Readable, { runBytes, documentBytes }: RunLimits): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) {
    return;
  }
  let stored = 0;
  async function* all(): AsyncGenerator<Buffer> {
    for (let next = first; next.done !== true; next = await chunks.next()) {
      stored += next.value.length;
      yield next.value;
    }
  }
  if (!isGzip(first.value)) {
    yield* all();
    return;
  }
  const gunzip = createGunzip({ chunkSize: Math.min(READ_BYTES, runBytes) });
  pipeline(all(), gunzip, () => {
    // Errors surface where the output is read.
  });
  let unpacked = 0;
  for await (const chunk of gunzip) {
    unpacked += chunk.length;
    if (unpacked > Math.max(documentBytes, stored * MAX_GZIP_RATIO)) {
      throw new TooLargeError(`decompresses to more than ${MAX_GZIP_RATIO} times its size`);
    }
    yield chunk;
  }
}

function beginsWithDocumentLine(bytes: Buffer): boolean {
  const end = bytes.indexOf(NEWLINE);
  try {
    const value: unknown = end === -1 ? undefined : JSON.parse(bytes.toString('utf8', 0, end).replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  } catch {
    return false;
  }
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
    count++;
  }
  return count;
}

function rejectionOf(error: unknown): Rejection {
  const message = error instanceof Error ? error.message : 'cannot be read on';
  if (error instanceof TooLargeError) {
    return { reason: 'decompressed-too-large', message, position: '' };
  }
  switch (codeOf(error)) {
    case 'Z_BUF_ERROR':
      return { reason: 'truncated-gzip', message: 'gzip stream ends before its end marker', position: '' };
    case 'Z_DATA_ERROR':
      return { reason: 'not-gzip', message: `gzip stream is corrupt: ${message}`, position: '' };
    default:
      return { reason: 'unreadable-file', message, position: '' };
  }
}

function broken(reason: Rejection['reason'], message: string, position = ''): Run {
  return { kind: 'broken', rejection: { reason, message, position } };
}
