import { type JsonBytes, NO_BYTES } from './json-bytes.ts';
import type { KnownObjects, Likeness } from './known-objects.ts';
import type { KnownTexts } from './known-texts.ts';
import { Members } from './members.ts';
import { NOT_READ, valueEnd } from './value-end.ts';

/**
 * A JSON object that is still in its text and known to be sound: its members can be read one by one, as
 * `JSON.parse` would give them, without making the object.
 *
 * One of these is placed over many objects in turn, so nobody may keep it.
 */
export class ScannedObject {
  json = NO_BYTES;
  from = 0;
  end = 0;
  readonly #texts: KnownTexts;
  readonly #known: KnownObjects | undefined;
  readonly #members = new Members();
  #isListed = false;

  /** @param known - for objects that come again as a whole; the members of others are found on the way */
  constructor(texts: KnownTexts, known?: KnownObjects) {
    this.#texts = texts;
    this.#known = known;
  }

  /** The same for objects of the same bytes; `undefined` where nobody remembers them. */
  get likeness(): Likeness | undefined {
    return this.#known?.likeness;
  }

  /** Places it over the object that begins at `from` and returns where that ends; `NOT_READ` as `valueEnd` does. */
  place(json: JsonBytes, from: number, depth: number): number {
    const known = this.#known;
    const listed = known === undefined ? this.#members.list(json, from, depth) : NOT_READ;
    this.#isListed = listed !== NOT_READ;
    this.json = json;
    this.from = from;
    if (known !== undefined) this.end = known.end(json, from, depth);
    else this.end = this.#isListed ? listed : valueEnd(json, from, depth);
    return this.end;
  }

  /** What `JSON.parse` makes of the whole. */
  parse(): unknown {
    return JSON.parse(this.json.text(this.from, this.end));
  }

  /** The value of a member, the last one of that name; `undefined` where there is none. */
  get(name: string): unknown {
    // Sound, so if members were looked for there were too many
    if (!this.#isListed) return Object.getOwnPropertyDescriptor(this.parse(), name)?.value;
    const members = this.#members;
    for (let member = members.count - 1; member >= 0; member--) {
      if (spells(this.json.bytes, members.keyStart(member), members.keyEnd(member), name)) {
        return scannedValue(this.json, members.valueStart(member), members.valueEnd(member), this.#texts);
      }
    }
    return undefined;
  }
}

/** A sound JSON value as `JSON.parse` gives it; texts come from those known. */
export function scannedValue(json: JsonBytes, from: number, end: number, texts: KnownTexts): unknown {
  switch (json.bytes[from]) {
    case 0x22:
      return texts.text(json, from, end);
    case 0x6e:
      return null;
    case 0x74:
      return true;
    case 0x66:
      return false;
    default:
      return JSON.parse(json.text(from, end));
  }
}

function spells(bytes: Uint8Array, from: number, end: number, name: string): boolean {
  if (end - from !== name.length) return false;
  for (let index = 0; index < name.length; index++) {
    if (bytes[from + index] !== name.charCodeAt(index)) return false;
  }
  return true;
}
