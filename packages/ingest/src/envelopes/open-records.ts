import { JsonBytes } from '../scan/json-bytes.ts';
import { MAX_DEPTH, NOT_READ } from '../scan/value-end.ts';
import { isObject, parseJson } from './json.ts';
import { indexed, inside, type Opening, type Place } from './opening.ts';
import { isRecord } from './recognize.ts';
import { note, takeRecord, takeScanned } from './take-record.ts';

/** How CloudTrail begins its objects, up to the first key of the first record. */
const HEAD = /^\{"Records":\[\{("\w{1,64}"):/;
const HEAD_BYTES = '{"Records":['.length;
const HEAD_LOOKED_AT = 100;
const TAIL = ']}';
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;

/** What `openRecords` left for others to open: from which byte on, and the index of the record there. */
export interface Unopened {
  readonly from: number;
  readonly index: number;
}

/**
 * Opens a `{"Records":[…]}` as CloudTrail writes it record by record, so that neither the text of the
 * whole nor its parsed form is ever made.
 *
 * A record is scanned where it lies (decision 5). One that the scanner does not read, or that makes no event,
 * is cut out and parsed: up to where the next one begins with the same first key. Such a seam cannot stand
 * inside a string, where its quotes would be escaped; should it stand inside a record, the piece does not parse.
 *
 * @returns `undefined` when all was opened; index 0 for bytes of another form
 */
export function openRecords(opening: Opening, bytes: Buffer, place: Place): Unopened | undefined {
  const key = HEAD.exec(bytes.toString('latin1', 0, HEAD_LOOKED_AT))?.[1];
  const tailAt = Math.max(0, bytes.length - TAIL.length);
  if (key === undefined || bytes.toString('latin1', tailAt) !== TAIL) return { from: 0, index: 0 };
  try {
    return openEach(opening, new JsonBytes(bytes), Buffer.from(`},{${key}:`), inside(place, 'Records'));
  } finally {
    opening.scanned.leave();
  }
}

function openEach(opening: Opening, json: JsonBytes, seam: Buffer, records: Place): Unopened | undefined {
  const { bytes } = json;
  const tailAt = bytes.length - TAIL.length;
  const depth = Math.min(MAX_DEPTH, opening.limits.recordDepth);
  for (let index = 0, from = HEAD_BYTES; ; index++) {
    let end = opening.scanned.place(json, from, depth);
    const isPlaced = end !== NOT_READ && (end === tailAt || (bytes[end] === COMMA && bytes[end + 1] === OPEN_BRACE));
    if (!isPlaced) end = seamAfter(bytes, seam, from) ?? tailAt;
    if (!isPlaced || !takeScanned(opening, end - from)) {
      const record = parseJson(json.text(from, end));
      if (!isObject(record) || !isRecord(record)) return { from, index };
      const problem = takeRecord(opening, record, end - from);
      if (problem !== undefined) note(opening, problem, record, indexed(records, index));
    }
    if (end === tailAt) return undefined;
    from = end + 1;
  }
}

/** Where the record that begins at `from` ends; `undefined` for the last one. */
function seamAfter(bytes: Buffer, seam: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(seam, from);
  return at === -1 ? undefined : at + 1;
}
