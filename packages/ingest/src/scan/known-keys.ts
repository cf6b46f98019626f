import type { JsonBytes } from './json-bytes.ts';
import { KnownBytes, UNKNOWN } from './known-bytes.ts';
import { keyEnd, NOT_READ } from './value-end.ts';

/** Records have some 40 different keys. */
const MAX_KEYS = 512;
const MAX_BYTES = 32 * 1024;
/** Longest key remembered. */
const MAX_LENGTH = 256;

/** The number of a key that nobody asked for. */
export const OTHER_KEY = -1;

/**
 * Reads the keys of objects that are alike: after one key mostly comes the one that came after it last time, and
 * to see that takes a comparison.
 */
export class KnownKeys {
  /** Number of the key read last, or `OTHER_KEY`. */
  number = OTHER_KEY;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #known = new KnownBytes<number>(MAX_KEYS, MAX_BYTES);
  /** Of each entry the one that came next last time; of `UNKNOWN`, the first one of an object. */
  readonly #next = new Uint16Array(MAX_KEYS + 1);
  #latest = UNKNOWN;

  /** @param numbers - the keys that are asked for */
  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
  }

  beginObject(): void {
    this.#latest = UNKNOWN;
  }

  /** Reads the key that begins at `start` and returns where its value begins; `NOT_READ` as `keyEnd` does. */
  read(json: JsonBytes, start: number): number {
    const expected = this.#next[this.#latest] ?? UNKNOWN;
    if (this.#known.isAt(expected, json, start)) return this.#found(expected, start);
    const end = keyEnd(json, start);
    if (end === NOT_READ) return NOT_READ;
    const entry = this.#known.find(json, start, end) || this.#add(json, start, end);
    this.#next[this.#latest] = entry;
    return entry === UNKNOWN ? end : this.#found(entry, start);
  }

  #found(entry: number, start: number): number {
    this.#latest = entry;
    this.number = this.#known.madeOf(entry) ?? OTHER_KEY;
    return start + this.#known.lengthOf(entry);
  }

  #add(json: JsonBytes, start: number, end: number): number {
    this.number = OTHER_KEY;
    if (end - start > MAX_LENGTH) return UNKNOWN;
    return this.#known.add(json, start, end, this.#numbers.get(json.text(start + 1, end - 2)) ?? OTHER_KEY);
  }
}
