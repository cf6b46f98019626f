import { ScannedObject } from '../scan/scanned-object.ts';
import { ScannedRecord } from './scanned-record.ts';

/** A JSON object of unknown content. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

/**
 * The fields of a CloudTrail record that are read. Each may be missing or of another type: nothing is
 * trusted before one of the readers below has looked at it.
 *
 * Source: CloudTrail user guide, "CloudTrail record contents".
 */
export interface CloudTrailRecord {
  readonly eventVersion?: unknown;
  readonly eventTime?: unknown;
  /** Logstash moves the event time here. */
  readonly '@timestamp'?: unknown;
  readonly eventSource?: unknown;
  readonly eventName?: unknown;
  readonly eventID?: unknown;
  readonly eventType?: unknown;
  readonly eventCategory?: unknown;
  readonly awsRegion?: unknown;
  readonly sourceIPAddress?: unknown;
  readonly userAgent?: unknown;
  readonly userIdentity?: unknown;
  readonly recipientAccountId?: unknown;
  /** Spelling of older documents and of some forwarders. */
  readonly recipientAccountID?: unknown;
  readonly errorCode?: unknown;
  readonly errorMessage?: unknown;
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly additionalEventData?: unknown;
  readonly resources?: unknown;
  readonly sessionCredentialFromConsole?: unknown;
}

/** Longest text kept from a record, in UTF-16 units; ARNs end at 2,048. */
export const MAX_TEXT = 2048;

/** Longest id, code, key id, region or address kept; AWS's own end at 128. */
export const MAX_TOKEN = 256;

/** Longest JSON inside a string that is opened. CloudTrail caps a field at about 100 KB. */
const MAX_NESTED_JSON = 262_144;

const NONE: JsonObject = Object.freeze({});

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

/** An object, else an empty one. */
export function partOf(value: unknown): JsonObject {
  return isObject(value) ? value : NONE;
}

/** An object, one still in its text, or one written as JSON inside a string (forwarders do that); else an empty object. */
export function objectOf(value: unknown): JsonObject {
  if (value instanceof ScannedObject || value instanceof ScannedRecord) return partOf(value.parse());
  if (isObject(value)) return value;
  if (typeof value !== 'string') return NONE;
  const parsed = parsedJson(value);
  return isObject(parsed) ? parsed : NONE;
}

/** Parses text that looks like a JSON object or array; `undefined` where it is not, is cut off or is too long. */
export function parsedJson(text: string): unknown {
  if (text.length > MAX_NESTED_JSON) return undefined;
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text, a number written out, or `''`; cut at `limit`. */
export function textOf(value: unknown, limit: number = MAX_TEXT): string {
  if (typeof value === 'string') return value.length <= limit ? value : cut(value, limit);
  if (typeof value === 'number') return String(value);
  return '';
}

/** JSON `true`, or the string that some services and forwarders write instead. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 'True' || value === 'TRUE';
}

/** JSON `false` said outright, as opposed to absent. */
export function isFalse(value: unknown): boolean {
  return value === false || value === 'false' || value === 'False' || value === 'FALSE';
}

/** The members of a list; a single value counts as a list of one (XML-shaped requests), absent as none. */
export function listOf(value: unknown, limit = 256): readonly unknown[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) return [value];
  return value.length <= limit ? value : value.slice(0, limit);
}

/** The members of EC2's `{"items": [...]}`, or of a plain list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return isObject(value) && !Array.isArray(value) ? listOf(value.items) : listOf(value);
}

/** The texts of a list or single value, empty ones left out. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value)
    .map((member) => textOf(member))
    .filter((text) => text !== '');
}

/** The first of some spellings of a parameter that holds text; services differ in their capitals. */
export function firstText(object: JsonObject, ...names: readonly string[]): string {
  for (const name of names) {
    const text = textOf(object[name]);
    if (text !== '') return text;
  }
  return '';
}

/** A 12-digit account id, with the leading zeros that a JSON number loses; else `''`. */
export function accountOf(value: unknown): string {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value > 0 && value < 1e12 ? String(value).padStart(12, '0') : '';
  }
  if (typeof value !== 'string' || value.length !== 12) return '';
  for (let at = 0; at < 12; at++) {
    const code = value.charCodeAt(at);
    if (code < 48 || code > 57) return '';
  }
  return value;
}

/** Account named by an ARN's fifth field; `''` where the ARN names none. */
export function accountOfArn(arn: string): string {
  return arn.startsWith('arn:') ? accountOf(arn.split(':', 5)[4]) : '';
}

/** Cuts and copies, since V8 would otherwise keep the long original alive behind the short view. */
export function cut(text: string, limit: number): string {
  return Buffer.from(text.slice(0, limit), 'utf16le').toString('utf16le');
}
