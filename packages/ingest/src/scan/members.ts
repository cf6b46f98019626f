import type { JsonBytes } from './json-bytes.ts';
import { keyEnd, NOT_READ, valueEnd } from './value-end.ts';

/** Most members listed; CloudTrail's own records have below 40. */
const MAX_MEMBERS = 128;

/** Where the keys and values of one JSON object lie. Made once and filled again for every object. */
export class Members {
  count = 0;
  /** Of each member: first byte of the key, behind its last one, first byte of the value, behind its last one. */
  readonly #places = new Int32Array(4 * MAX_MEMBERS);

  /**
   * Lists the members of the object that begins at `start` and returns where it ends.
   *
   * `NOT_READ` where `valueEnd` would say so, and for more members than can be listed.
   */
  list(json: JsonBytes, start: number, depth: number): number {
    const { bytes } = json;
    const places = this.#places;
    let at = start + 1;
    let count = 0;
    this.count = 0;
    if (bytes[start] !== 0x7b || depth === 0) return NOT_READ;
    if (bytes[at] === 0x7d) return at + 1;
    for (;;) {
      const value = keyEnd(json, at);
      if (value === NOT_READ || count === MAX_MEMBERS) return NOT_READ;
      const end = valueEnd(json, value, depth - 1);
      if (end === NOT_READ) return NOT_READ;
      places[4 * count] = at + 1;
      places[4 * count + 1] = value - 2;
      places[4 * count + 2] = value;
      places[4 * count + 3] = end;
      count += 1;
      const next = bytes[end];
      at = end + 1;
      if (next === 0x2c) continue;
      if (next !== 0x7d) return NOT_READ;
      break;
    }
    this.count = count;
    return at;
  }

  keyStart(member: number): number {
    return this.#places[4 * member] ?? 0;
  }

  keyEnd(member: number): number {
    return this.#places[4 * member + 1] ?? 0;
  }

  valueStart(member: number): number {
    return this.#places[4 * member + 2] ?? 0;
  }

  valueEnd(member: number): number {
    return this.#places[4 * member + 3] ?? 0;
  }
}
