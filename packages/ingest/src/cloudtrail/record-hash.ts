import { isObject } from './record.ts';

/** Deeper content is hashed by its type alone; containers reject such records before. */
const MAX_DEPTH = 64;

/**
 * Stands in for a missing event id: 64 bits over the record's content, the same for any order of its keys.
 *
 * Not meant to withstand forgery: whoever can write records without ids can as well write new ids.
 */
export function recordHash(record: object): string {
  const hash = new Fnv64();
  addValue(hash, record, 0);
  return `hash:${hash.hex()}`;
}

function addValue(hash: Fnv64, value: unknown, depth: number): void {
  if (!isObject(value)) {
    hash.add(`${typeof value}:${String(value)}`);
    return;
  }
  hash.add(Array.isArray(value) ? '[' : '{');
  if (depth < MAX_DEPTH) {
    for (const key of Object.keys(value).sort()) {
      hash.add(key);
      addValue(hash, value[key], depth + 1);
    }
  }
  hash.add('}');
}

/** FNV-1a in two 32-bit lanes with different offsets, which mixes well enough and needs no BigInt. */
class Fnv64 {
  #high = 0x811c9dc5;
  #low = 0xcbf29ce4;

  add(text: string): void {
    for (let at = 0; at < text.length; at++) this.#mix(text.charCodeAt(at));
    this.#mix(0xffff);
  }

  hex(): string {
    return (this.#high >>> 0).toString(16).padStart(8, '0') + (this.#low >>> 0).toString(16).padStart(8, '0');
  }

  #mix(unit: number): void {
    this.#high = Math.imul(this.#high ^ unit, 0x01000193);
    this.#low = Math.imul(this.#low ^ (unit + 0x9e37), 0x85ebca6b);
    this.#low ^= this.#low >>> 15;
  }
}
