import type { JsonBytes } from './json-bytes.ts';

/** Answer of the functions here for what is not JSON, or JSON that they leave to `JSON.parse`. */
export const NOT_READ = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const FIRST_PRINTABLE = 0x20;

/** Levels of objects and arrays that can be kept in one integer; real records end near 20. */
export const MAX_DEPTH = 30;

/**
 * Where the JSON value that begins at `start` ends; `NOT_READ` where `JSON.parse` would refuse it.
 *
 * The grammar is that of RFC 8259, as strict as `JSON.parse`, but for three things left to it: blanks between
 * tokens, which CloudTrail never writes, nesting beyond `depth`, and keys with an escape, since two that look
 * different could be the same. Whether the bytes are UTF-8 does not matter: wrong ones decode to U+FFFD, which
 * a string may hold.
 *
 * One loop instead of functions that call each other, which the compiler would unroll at length.
 *
 * @param depth - levels of objects and arrays that the value may have, at most `MAX_DEPTH`
 */
export function valueEnd(json: JsonBytes, start: number, depth: number): number {
  const { bytes } = json;
  /** Of each open level, the innermost in the lowest bit: 1 for an object, 0 for an array. */
  let levels = 0;
  let open = 0;
  let at = start;
  for (;;) {
    const first = bytes[at];
    if (first === QUOTE) {
      at = stringEnd(json, at);
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      if (open === depth) return NOT_READ;
      const isObject = first === OPEN_BRACE;
      if (bytes[at + 1] !== (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        open += 1;
        levels = (levels << 1) | (isObject ? 1 : 0);
        at = isObject ? keyEnd(json, at + 1) : at + 1;
        if (at === NOT_READ) return NOT_READ;
        continue;
      }
      at += 2;
    } else {
      at = scalarEnd(bytes, at);
    }
    // The value is over; so is what ends with it
    if (at === NOT_READ) return NOT_READ;
    while (open > 0 && bytes[at] === (levels & 1 ? CLOSE_BRACE : CLOSE_BRACKET)) {
      open -= 1;
      levels >>= 1;
      at += 1;
    }
    if (open === 0) return at;
    if (bytes[at] !== COMMA) return NOT_READ;
    at = levels & 1 ? keyEnd(json, at + 1) : at + 1;
    if (at === NOT_READ) return NOT_READ;
  }
}

function scalarEnd(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case 0x74:
      return wordEnd(bytes, at, 'true');
    case 0x66:
      return wordEnd(bytes, at, 'false');
    case 0x6e:
      return wordEnd(bytes, at, 'null');
    default:
      return numberEnd(bytes, at);
  }
}

/** Behind the key that begins at `start` and its colon. */
export function keyEnd({ bytes, words }: JsonBytes, start: number): number {
  if (bytes[start] !== QUOTE) return NOT_READ;
  let at = pastPlainWords(words, start + 1);
  while (at < bytes.length && bytes[at] !== QUOTE) {
    const byte = bytes[at] ?? 0;
    if (byte < FIRST_PRINTABLE || byte === BACKSLASH) return NOT_READ;
    at += 1;
  }
  return bytes[at + 1] === COLON ? at + 2 : NOT_READ;
}

/** Behind the closing quote of the string that opens at `start`. Most bytes of a record pass through here. */
function stringEnd(json: JsonBytes, start: number): number {
  const { bytes } = json;
  let at = pastPlainWords(json.words, start + 1);
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < FIRST_PRINTABLE) return NOT_READ;
    if (byte !== BACKSLASH) {
      at += 1;
    } else {
      at = escapeEnd(bytes, at);
      if (at === NOT_READ) return NOT_READ;
    }
  }
  return NOT_READ;
}

/**
 * Passes over words of four bytes as long as none is a quote, a backslash, a control character or beyond ASCII.
 *
 * Subtracting sets the top bit of a byte that was too small; a borrow can only set it for a byte after such a
 * one. (Mycroft's test for a zero byte, Bit Twiddling Hacks, "Determine if a word has a zero byte".)
 */
function pastPlainWords(words: DataView, from: number): number {
  const last = words.byteLength - 4;
  let at = from;
  while (at <= last) {
    const word = words.getInt32(at, true);
    const quotes = (word ^ 0x22222222) - 0x01010101;
    const backslashes = (word ^ 0x5c5c5c5c) - 0x01010101;
    const controls = word - 0x20202020;
    if (((word | quotes | backslashes | controls) & 0x80808080) !== 0) break;
    at += 4;
  }
  return at;
}

function escapeEnd(bytes: Uint8Array, backslash: number): number {
  switch (bytes[backslash + 1]) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // solidus
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return backslash + 2;
    case 0x75: // u
      for (let digit = 2; digit < 6; digit++) if (!isHex(bytes[backslash + digit])) return NOT_READ;
      return backslash + 6;
    default:
      return NOT_READ;
  }
}

function wordEnd(bytes: Uint8Array, start: number, word: string): number {
  for (let index = 1; index < word.length; index++) {
    if (bytes[start + index] !== word.charCodeAt(index)) return NOT_READ;
  }
  return start + word.length;
}

/** `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?` */
function numberEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start] === 0x2d ? start + 1 : start;
  let at = bytes[first] === 0x30 ? first + 1 : digitsEnd(bytes, first);
  if (at !== NOT_READ && bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (at !== NOT_READ && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
    const signed = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d;
    at = digitsEnd(bytes, signed ? at + 2 : at + 1);
  }
  return at;
}

/** Behind the digits that begin at `from`, of which there must be one. */
function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at += 1;
  return at === from ? NOT_READ : at;
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(byte = 0): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
