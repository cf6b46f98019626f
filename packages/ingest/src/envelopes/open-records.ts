import { isObject, parseJson } from './json.ts';
import { indexed, inside, type Opening, type Place } from './opening.ts';
import { isRecord } from './recognize.ts';
import { note, takeRecord } from './take-record.ts';

/** How CloudTrail begins its objects, up to the first key of the first record. */
const HEAD = /^\{"Records":\[\{("\w+"):/;
const HEAD_LENGTH = '{"Records":['.length;
const TAIL = ']}';

/**
 * Opens a `{"Records":[…]}` as CloudTrail writes it record by record, so that each one's parsed form is
 * garbage before the next is made: a third less work for the collector than one parse of the whole.
 *
 * Records are cut where one ends and the next begins with the same first key. Such a seam cannot
 * stand inside a string, where its quotes would be escaped; should it stand inside a record, the piece
 * does not parse.
 *
 * @returns where the first piece begins that could not be taken, and its index; `undefined` when all
 *   were, and `{ from: 0, index: 0 }` for text of another form
 */
export function openRecords(opening: Opening, text: string, place: Place): Unopened | undefined {
  const key = HEAD.exec(text)?.[1];
  if (key === undefined || !text.endsWith(TAIL) || place.level >= opening.limits.envelopeDepth) return NOTHING_OPENED;
  const seam = `},{${key}:`;
  const records = inside(place, 'Records');
  let from = HEAD_LENGTH;
  for (let index = 0; ; index++) {
    const at = text.indexOf(seam, from);
    const end = at === -1 ? text.length - TAIL.length : at + 1;
    const record = parseJson(text.slice(from, end));
    if (!isObject(record) || !isRecord(record)) return { from, index };
    const problem = takeRecord(opening, record, end - from > opening.limits.recordBytes);
    if (problem !== undefined) note(opening, problem, record, indexed(records, index));
    if (at === -1) return undefined;
    from = at + 2;
  }
}

/** What `openRecords` left for others to open. */
export interface Unopened {
  readonly from: number;
  readonly index: number;
}

const NOTHING_OPENED: Unopened = { from: 0, index: 0 };
