import type { JsonBytes } from './json-bytes.ts';
import { KnownBytes, UNKNOWN } from './known-bytes.ts';

const MAX_TEXTS = 8192;
/** Room for all of them; names have some 20 bytes each, user agents up to 400. */
const MAX_BYTES = 512 * 1024;
/** Longest text remembered. */
const MAX_LENGTH = 512;

/**
 * Turns string literals into texts and hands out the same text for the same bytes, so that names, regions,
 * agents and addresses, which come again and again, are neither made nor hashed anew.
 *
 * Entries reach from behind the opening quote through the closing one, so that they tell where a literal ends.
 */
export class KnownTexts {
  readonly #known = new KnownBytes<string>(MAX_TEXTS, MAX_BYTES);

  /** Whether the literal whose opening quote is at `quote` is the one of this entry. */
  isAt(entry: number, json: JsonBytes, quote: number): boolean {
    return this.#known.isAt(entry, json, quote + 1);
  }

  /** Bytes of the literal, both quotes among them. */
  lengthOf(entry: number): number {
    return this.#known.lengthOf(entry) + 1;
  }

  textOf(entry: number): string {
    return this.#known.madeOf(entry) ?? '';
  }

  /** The entry of a sound literal; `UNKNOWN` for one that is too long to be remembered. */
  entryOf(json: JsonBytes, quote: number, end: number): number {
    const known = this.#known.find(json, quote + 1, end);
    if (known !== UNKNOWN || end - quote > MAX_LENGTH) return known;
    return this.#known.add(json, quote + 1, end, literalText(json, quote, end));
  }

  text(json: JsonBytes, quote: number, end: number): string {
    const entry = this.entryOf(json, quote, end);
    return entry === UNKNOWN ? literalText(json, quote, end) : this.textOf(entry);
  }
}

/** The text of a sound literal that is not expected to come again. */
export function literalText(json: JsonBytes, quote: number, end: number): string {
  const text = json.text(quote + 1, end - 1);
  return text.includes('\\') ? JSON.parse(`"${text}"`) : text;
}
