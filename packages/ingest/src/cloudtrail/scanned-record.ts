import { type JsonBytes, NO_BYTES } from '../scan/json-bytes.ts';
import { UNKNOWN } from '../scan/known-bytes.ts';
import { KnownKeys, OTHER_KEY } from '../scan/known-keys.ts';
import { KnownObjects } from '../scan/known-objects.ts';
import { KnownTexts, literalText } from '../scan/known-texts.ts';
import { ScannedObject, scannedValue } from '../scan/scanned-object.ts';
import { NOT_READ, valueEnd } from '../scan/value-end.ts';
import type { CloudTrailRecord } from './record.ts';

/** The fields that are read, of a record or to tell it as one, and their places in the lists below. */
const FIELD = {
  eventVersion: 0,
  userIdentity: 1,
  eventTime: 2,
  '@timestamp': 3,
  eventSource: 4,
  eventName: 5,
  eventID: 6,
  eventType: 7,
  eventCategory: 8,
  awsRegion: 9,
  sourceIPAddress: 10,
  userAgent: 11,
  recipientAccountId: 12,
  recipientAccountID: 13,
  errorCode: 14,
  errorMessage: 15,
  requestParameters: 16,
  responseElements: 17,
  additionalEventData: 18,
  resources: 19,
  sessionCredentialFromConsole: 20,
} as const;

const FIELDS: ReadonlyMap<string, number> = new Map(Object.entries(FIELD));

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * A CloudTrail record that is still in the bytes of its container: what a field holds is made when it is read, and equals
 * what `JSON.parse` would have given, except that identity and request come as `ScannedObject`s.
 *
 * The bytes are walked once. Keys, and texts that one record shares with the one before, are expected rather than
 * read, so most of a record is only compared. One of these is placed over all records in turn, so nobody may keep
 * it or its objects.
 */
export class ScannedRecord implements CloudTrailRecord {
  readonly #keys = new KnownKeys(FIELDS);
  readonly #known = new KnownTexts();
  readonly #identity = new ScannedObject(this.#known, new KnownObjects());
  readonly #request = new ScannedObject(this.#known);
  /** Where the value of each field begins, 0 for none, and ends. */
  readonly #starts = new Int32Array(FIELDS.size);
  readonly #ends = new Int32Array(FIELDS.size);
  /** The fields that are texts. */
  readonly #texts: (string | undefined)[] = new Array<undefined>(FIELDS.size).fill(undefined);
  /** Of each field the known text that was last seen there. */
  readonly #latest = new Uint16Array(FIELDS.size);
  #json = NO_BYTES;
  #from = 0;
  #end = 0;

  /**
   * Reads the record that begins at `from`, which cannot be the first byte, and returns where it ends.
   *
   * `NOT_READ` for what is not sound JSON or not of the form that CloudTrail writes; then only `JSON.parse` can tell.
   *
   * @param depth - levels of objects and arrays the record may have
   */
  place(json: JsonBytes, from: number, depth: number): number {
    const { bytes } = json;
    const keys = this.#keys;
    this.#json = json;
    this.#from = from;
    this.#starts.fill(0);
    keys.beginObject();
    // An empty object is no record
    if (bytes[from] !== OPEN_BRACE) return NOT_READ;
    for (let at = from; ; ) {
      at = keys.read(json, at + 1);
      if (at === NOT_READ) return NOT_READ;
      const end =
        keys.number === OTHER_KEY ? valueEnd(json, at, depth - 1) : this.#placeField(json, keys.number, at, depth - 1);
      if (end === NOT_READ) return NOT_READ;
      if (bytes[end] === CLOSE_BRACE) {
        this.#end = end + 1;
        return this.#end;
      }
      if (bytes[end] !== COMMA) return NOT_READ;
      at = end;
    }
  }

  /** Of two fields of one name the last one counts, as for JSON.parse. */
  #placeField(json: JsonBytes, field: number, at: number, depth: number): number {
    this.#starts[field] = at;
    this.#texts[field] = undefined;
    const isText = json.bytes[at] === QUOTE && field !== FIELD.eventTime && field !== FIELD.eventID;
    const end = isText ? this.#placeText(json, field, at) : this.#placeOther(json, field, at, depth);
    this.#ends[field] = end;
    return end;
  }

  #placeText(json: JsonBytes, field: number, at: number): number {
    const texts = this.#known;
    const latest = this.#latest[field] ?? UNKNOWN;
    if (texts.isAt(latest, json, at)) {
      this.#texts[field] = texts.textOf(latest);
      return at + texts.lengthOf(latest);
    }
    const end = valueEnd(json, at, 0);
    if (end === NOT_READ) return NOT_READ;
    const entry = texts.entryOf(json, at, end);
    this.#latest[field] = entry;
    this.#texts[field] = entry === UNKNOWN ? literalText(json, at, end) : texts.textOf(entry);
    return end;
  }

  #placeOther(json: JsonBytes, field: number, at: number, depth: number): number {
    if (json.bytes[at] !== OPEN_BRACE) return valueEnd(json, at, depth);
    if (field === FIELD.requestParameters) return this.#request.place(json, at, depth);
    return field === FIELD.userIdentity ? this.#identity.place(json, at, depth) : valueEnd(json, at, depth);
  }

  /** Lets go of the bytes; there are no fields then. */
  leave(): void {
    this.#starts.fill(0);
    this.#json = NO_BYTES;
    this.#identity.json = NO_BYTES;
    this.#request.json = NO_BYTES;
  }

  /** What `JSON.parse` makes of the whole. */
  parse(): unknown {
    return JSON.parse(this.#json.text(this.#from, this.#end));
  }

  get eventVersion(): unknown {
    return this.#value(FIELD.eventVersion);
  }

  get userIdentity(): unknown {
    return this.#object(FIELD.userIdentity, this.#identity);
  }

  get eventTime(): unknown {
    return this.#once(FIELD.eventTime);
  }

  get '@timestamp'(): unknown {
    return this.#value(FIELD['@timestamp']);
  }

  get eventSource(): unknown {
    return this.#value(FIELD.eventSource);
  }

  get eventName(): unknown {
    return this.#value(FIELD.eventName);
  }

  get eventID(): unknown {
    return this.#once(FIELD.eventID);
  }

  get eventType(): unknown {
    return this.#value(FIELD.eventType);
  }

  get eventCategory(): unknown {
    return this.#value(FIELD.eventCategory);
  }

  get awsRegion(): unknown {
    return this.#value(FIELD.awsRegion);
  }

  get sourceIPAddress(): unknown {
    return this.#value(FIELD.sourceIPAddress);
  }

  get userAgent(): unknown {
    return this.#value(FIELD.userAgent);
  }

  get recipientAccountId(): unknown {
    return this.#value(FIELD.recipientAccountId);
  }

  get recipientAccountID(): unknown {
    return this.#value(FIELD.recipientAccountID);
  }

  get errorCode(): unknown {
    return this.#value(FIELD.errorCode);
  }

  get errorMessage(): unknown {
    return this.#value(FIELD.errorMessage);
  }

  get requestParameters(): unknown {
    return this.#object(FIELD.requestParameters, this.#request);
  }

  get responseElements(): unknown {
    return this.#value(FIELD.responseElements);
  }

  get additionalEventData(): unknown {
    return this.#value(FIELD.additionalEventData);
  }

  get resources(): unknown {
    return this.#value(FIELD.resources);
  }

  get sessionCredentialFromConsole(): unknown {
    return this.#value(FIELD.sessionCredentialFromConsole);
  }

  #value(field: number): unknown {
    const from = this.#starts[field] ?? 0;
    if (from === 0) return undefined;
    return this.#texts[field] ?? scannedValue(this.#json, from, this.#ends[field] ?? 0, this.#known);
  }

  /** The same for texts that do not come again. */
  #once(field: number): unknown {
    const from = this.#starts[field] ?? 0;
    const isText = from !== 0 && this.#json.bytes[from] === QUOTE;
    return isText ? literalText(this.#json, from, this.#ends[field] ?? 0) : this.#value(field);
  }

  #object(field: number, object: ScannedObject): unknown {
    const from = this.#starts[field] ?? 0;
    return from !== 0 && this.#json.bytes[from] === OPEN_BRACE ? object : this.#value(field);
  }
}
