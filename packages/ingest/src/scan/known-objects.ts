import type { JsonBytes } from './json-bytes.ts';
import { KnownBytes, UNKNOWN } from './known-bytes.ts';
import { NOT_READ, valueEnd } from './value-end.ts';
import { hashOf } from './words.ts';

/** Most objects remembered, and room for them; identities have some 250 to 700 bytes. */
const MAX_OBJECTS = 16_384;
const MAX_BYTES = 8 * 1024 * 1024;
/** Longest object remembered; AWS's own identities end near 1,500 bytes. */
const MAX_LENGTH = 2048;

/** First bytes by which an object is guessed: in identities, type, principal and the beginning of the session. */
const HEAD_BYTES = 96;
const HEAD_BITS = 15;

/** Stands for all objects of the same bytes. */
export type Likeness = object;

/**
 * Reads objects that come again letter by letter: what begins like one seen before is compared with it instead of
 * walked, and equal bytes are one `Likeness`.
 *
 * The guess is the object that last began with these bytes; where it is wrong, or there is none, the object is walked.
 */
export class KnownObjects {
  /** Of the object read last; `undefined` for one too long to be remembered. */
  likeness: Likeness | undefined;
  readonly #known = new KnownBytes<Likeness>(MAX_OBJECTS, MAX_BYTES);
  /** By hash of the first bytes, the entry last read that began so. */
  readonly #byHead = new Uint16Array(2 ** HEAD_BITS);

  /** Where the object that begins at `from` ends; `NOT_READ` as `valueEnd` does. The depth is the same at all times. */
  end(json: JsonBytes, from: number, depth: number): number {
    const known = this.#known;
    const head = headOf(json, from);
    const guess = this.#byHead[head] ?? UNKNOWN;
    if (known.isAt(guess, json, from)) {
      this.likeness = known.madeOf(guess);
      return from + known.lengthOf(guess);
    }
    this.likeness = undefined;
    const end = valueEnd(json, from, depth);
    if (end === NOT_READ || end - from > MAX_LENGTH) return end;
    const entry = known.find(json, from, end) || known.add(json, from, end, {});
    this.#byHead[head] = entry;
    this.likeness = known.madeOf(entry);
    return end;
  }
}

function headOf({ words }: JsonBytes, from: number): number {
  return hashOf(words, from, Math.min(words.byteLength, from + HEAD_BYTES)) >>> (32 - HEAD_BITS);
}
