import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { EpochMs } from '@portcullis/event';
import type { ListedFile } from './list-files.ts';

/** What a glance at a file tells about the times in it. */
export interface FileTimes {
  /** When CloudTrail delivered the file, by its name: not before the last record in it. */
  readonly delivered?: EpochMs;
  /** Earliest event time believed to be in it; undefined where none was seen or it cannot be told. */
  readonly startsAt?: EpochMs;
}

/** Inflates to about 40 KB, some 30 records. */
const GZIP_HEAD_BYTES = 4 * 1024;
const PLAIN_HEAD_BYTES = 16 * 1024;
const PLAIN_SAMPLE_EVERY_BYTES = 8 * 1024 * 1024;

/** `…_20260302T0915Z_…` in the names of CloudTrail's S3 objects. */
const NAME_TIME = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/\\]*$/;

/**
 * Looks at a file's name and, without reading it all, at some of its records.
 *
 * Compressed: the head. Plain: head, end, and a sample every 8 MiB, so that an export newest first, or one
 * account after the other, is known to begin earlier than its head. Takes about 0.1 ms.
 */
export function peekTimes({ path, bytes }: ListedFile): FileTimes {
  const delivered = deliveryTime(path);
  const startsAt = peekStart(path, bytes);
  return { ...(delivered !== undefined && { delivered }), ...(startsAt !== undefined && { startsAt }) };
}

function deliveryTime(path: string): EpochMs | undefined {
  const found = NAME_TIME.exec(path);
  const time = found === null ? Number.NaN : Date.parse(`${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}Z`);
  return Number.isNaN(time) ? undefined : time;
}

function peekStart(path: string, bytes: number): EpochMs | undefined {
  const file = openSync(path, 'r');
  try {
    const head = readAt(file, 0, Math.min(bytes, PLAIN_HEAD_BYTES));
    if (isGzip(head)) {
      const times = timesIn(inflatedHead(head.subarray(0, GZIP_HEAD_BYTES)));
      return bytes > GZIP_HEAD_BYTES && isDescending(times) ? undefined : earliest(times);
    }
    const times = timesIn(head);
    for (let at = PLAIN_SAMPLE_EVERY_BYTES; at < bytes - PLAIN_HEAD_BYTES; at += PLAIN_SAMPLE_EVERY_BYTES) {
      times.push(...timesIn(readAt(file, at, PLAIN_HEAD_BYTES)));
    }
    if (bytes > PLAIN_HEAD_BYTES) {
      times.push(...timesIn(readAt(file, Math.max(PLAIN_HEAD_BYTES, bytes - PLAIN_HEAD_BYTES), PLAIN_HEAD_BYTES)));
    }
    return earliest(times);
  } finally {
    closeSync(file);
  }
}

/** Earliest event time at the beginning of a run of lines; undefined where none is seen or times go down. */
export function startOfLines(bytes: Uint8Array): EpochMs | undefined {
  const times = timesIn(bytes.subarray(0, 4 * PLAIN_HEAD_BYTES));
  return isDescending(times) ? undefined : earliest(times);
}

const EVENT_TIME = /"(?:eventTime|@timestamp)"\s*:\s*"([^"]{10,40})"/g;
/** The same inside a string: LookupEvents, log messages. */
const ESCAPED_EVENT_TIME = /\\"(?:eventTime|@timestamp)\\"\s*:\s*\\"([^"\\]{10,40})\\"/g;
/** Of findings, which are told when they are updated. */
const FINDING_TIME = /"[uU]pdatedAt"\s*:\s*"([^"]{10,40})"/g;
/** The time of the packaging: close to, and not before, the events in it. */
const ENVELOPE_TIME = /"(?:time|timestamp|EventTime|approximateArrivalTimestamp)"\s*:\s*"?([^",}\s]{9,40})/g;

/** CloudTrail is younger; what is before is a mistake or a test, and must not hold everything up. */
const EARLIEST_TIME = Date.UTC(2006, 0);

/** Event times in a piece of text that may begin and end anywhere. */
function timesIn(bytes: Uint8Array): EpochMs[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  for (const pattern of [EVENT_TIME, ESCAPED_EVENT_TIME, FINDING_TIME, ENVELOPE_TIME]) {
    const times = Array.from(text.matchAll(pattern), ([, time]) => parseTime(time ?? '')).filter(
      (time) => time >= EARLIEST_TIME,
    );
    if (times.length > 0) {
      return times;
    }
  }
  return [];
}

/** ISO 8601, or Unix time in seconds or milliseconds; NaN for the rest. */
function parseTime(text: string): EpochMs {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return number < 1e11 ? number * 1000 : number;
  }
  return Date.parse(text);
}

function earliest(times: readonly EpochMs[]): EpochMs | undefined {
  return times.length === 0 ? undefined : times.reduce((least, time) => Math.min(least, time));
}

/** Newest first, as LookupEvents has it: then the beginning says nothing of the earliest. */
function isDescending(times: readonly EpochMs[]): boolean {
  const first = times[0];
  const last = times.at(-1);
  return (
    times.length >= 3 &&
    first !== undefined &&
    last !== undefined &&
    last < first &&
    times.every((time, index) => time <= (times[index - 1] ?? Number.POSITIVE_INFINITY))
  );
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function inflatedHead(head: Uint8Array): Uint8Array {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 64 * 1024 });
  } catch {
    return new Uint8Array();
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}
