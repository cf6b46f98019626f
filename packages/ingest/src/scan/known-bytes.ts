import type { JsonBytes } from './json-bytes.ts';
import { areSame, hashOf } from './words.ts';

/** The entry of what is not known. */
export const UNKNOWN = 0;

/** Room for runs at first. */
const FIRST_BYTES = 64 * 1024;

/**
 * Remembers runs of bytes and what was made of them, so that what comes again is only compared.
 *
 * Memory is bounded. Each run has one slot by its hash and gives way to the next one there; once the room is used up
 * everything is forgotten. Either way what was forgotten is only made again. Entries are small numbers; one that
 * was forgotten matches nothing or, used anew, what it then stands for.
 */
export class KnownBytes<Made> {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #bytes: Uint8Array;
  #words: DataView;
  readonly #slots: Uint16Array;
  readonly #slotShift: number;
  readonly #starts: Int32Array;
  /** -1 for entries that are not in use. */
  readonly #lengths: Int32Array;
  #made: Made[] = [];
  #entries = 0;
  #used = 0;

  /**
   * @param maxEntries - below 65,536
   * @param maxBytes - room for all runs together; longer ones are not remembered
   */
  constructor(maxEntries: number, maxBytes: number) {
    const slotBits = Math.ceil(Math.log2(maxEntries)) + 1;
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#bytes = new Uint8Array(Math.min(maxBytes, FIRST_BYTES));
    this.#words = new DataView(this.#bytes.buffer);
    this.#slots = new Uint16Array(2 ** slotBits);
    this.#slotShift = 32 - slotBits;
    this.#starts = new Int32Array(maxEntries + 1);
    this.#lengths = new Int32Array(maxEntries + 1).fill(-1);
  }

  /** Whether the bytes from `at` on are those of an entry: cheaper than to find out where they end. */
  isAt(entry: number, { words }: JsonBytes, at: number): boolean {
    const length = this.#lengths[entry] ?? -1;
    return (
      length >= 0 &&
      at + length <= words.byteLength &&
      areSame(words, at, this.#words, this.#starts[entry] ?? 0, length)
    );
  }

  /** The entry of these bytes; `UNKNOWN` if there is none. */
  find(json: JsonBytes, from: number, end: number): number {
    const entry = this.#slots[hashOf(json.words, from, end) >>> this.#slotShift] ?? UNKNOWN;
    return this.#lengths[entry] === end - from && this.isAt(entry, json, from) ? entry : UNKNOWN;
  }

  /** Remembers bytes that `find` did not find. `UNKNOWN` where they are too long for it. */
  add(json: JsonBytes, from: number, end: number, made: Made): number {
    const length = end - from;
    if (length > this.#maxBytes) return UNKNOWN;
    if (this.#entries === this.#maxEntries || this.#used + length > this.#maxBytes) this.#forget();
    if (this.#used + length > this.#bytes.length) this.#growTo(this.#used + length);
    const entry = ++this.#entries;
    this.#bytes.set(json.bytes.subarray(from, end), this.#used);
    this.#starts[entry] = this.#used;
    this.#lengths[entry] = length;
    this.#made[entry] = made;
    this.#used += length;
    this.#slots[hashOf(json.words, from, end) >>> this.#slotShift] = entry;
    return entry;
  }

  lengthOf(entry: number): number {
    return this.#lengths[entry] ?? 0;
  }

  madeOf(entry: number): Made | undefined {
    return this.#made[entry];
  }

  #growTo(bytes: number): void {
    const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(bytes, 2 * this.#bytes.length)));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
    this.#words = new DataView(grown.buffer);
  }

  #forget(): void {
    this.#slots.fill(UNKNOWN);
    this.#lengths.fill(-1);
    this.#made = [];
    this.#entries = 0;
    this.#used = 0;
  }
}
