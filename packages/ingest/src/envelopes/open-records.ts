import { isAscii } from 'node:buffer';
import { isObject, parseJson } from './json.ts';
import { indexed, inside, type Opening, type Place } from './opening.ts';
import { isRecord } from './recognize.ts';
import { note, takeRecord } from './take-record.ts';

declare global {
  interface Buffer {
    /** Part of every Buffer, though not of its types; `toString('latin1')` reaches it by a detour that costs more. */
    latin1Slice(start: number, end: number): string;
  }
}

/** How CloudTrail begins its objects, up to the first key of the first record. */
const HEAD = /^\{"Records":\[\{("\w{1,64}"):/;
const HEAD_BYTES = '{"Records":['.length;
const HEAD_LOOKED_AT = 100;
const TAIL = ']}';

/** What `openRecords` left for others to open: from which byte on, and the index of the record there. */
export interface Unopened {
  readonly from: number;
  readonly index: number;
}

/**
 * Opens a `{"Records":[…]}` as CloudTrail writes it record by record, so that neither the text of the
 * whole nor its parsed form is ever made: less than half the work for the collector.
 *
 * Records are cut where one ends and the next begins with the same first key. Such a seam cannot
 * stand inside a string, where its quotes would be escaped; should it stand inside a record, the piece
 * does not parse.
 *
 * @returns `undefined` when all was opened; index 0 for bytes of another form
 */
export function openRecords(opening: Opening, bytes: Buffer, place: Place): Unopened | undefined {
  const key = HEAD.exec(bytes.toString('latin1', 0, HEAD_LOOKED_AT))?.[1];
  const tailAt = Math.max(0, bytes.length - TAIL.length);
  if (key === undefined || bytes.toString('latin1', tailAt) !== TAIL || !isAscii(bytes)) return { from: 0, index: 0 };
  const seam = Buffer.from(`},{${key}:`);
  const records = inside(place, 'Records');
  let from = HEAD_BYTES;
  for (let index = 0; ; index++) {
    const at = bytes.indexOf(seam, from);
    const end = at === -1 ? tailAt : at + 1;
    const record = parseJson(bytes.latin1Slice(from, end));
    if (!isObject(record) || !isRecord(record)) return { from, index };
    const problem = takeRecord(opening, record, end - from);
    if (problem !== undefined) note(opening, problem, record, indexed(records, index));
    if (at === -1) return undefined;
    from = at + 2;
  }
}
