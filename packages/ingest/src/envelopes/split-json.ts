import { isObject, parseJson } from './json.ts';

/** How far to look for a first line that is a document: past a banner, not through a whole broken file. */
const LINES_LOOKED_AT = 10;

/**
 * Whether text is one JSON document a line (NDJSON), judged by its first ten lines that are not blank:
 * one of them has to be an object. Pretty-printed JSON has none there but `{}`, which does not count.
 */
export function isLineDelimited(text: string): boolean {
  let start = 0;
  for (let looked = 0; looked < LINES_LOOKED_AT && start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end).trim();
    if (line !== '') {
      looked++;
      if (isDocument(parseLine(line))) {
        return true;
      }
    }
    start = end + 1;
  }
  return false;
}

/** Whether the first line is a document and more text follows: settles NDJSON without parsing all of it. */
export function startsWithDocumentLine(text: string): boolean {
  const end = text.indexOf('\n');
  return end !== -1 && hasInk(text, end) && isDocument(parseJson(text.slice(0, end)));
}

/** Parses one line; a comma that an array left at its end is allowed. */
export function parseLine(line: string): unknown {
  const first = line.trimStart().charAt(0);
  if (first !== '{' && first !== '[') {
    return undefined;
  }
  const value = parseJson(line);
  if (value !== undefined) {
    return value;
  }
  const trimmed = line.trimEnd();
  return trimmed.endsWith(',') ? parseJson(trimmed.slice(0, -1)) : undefined;
}

/** Index of the line break at or after `start`, or the text's length. */
export function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** Whether anything but blanks stands at or after `start`. */
export function hasInk(text: string, start = 0): boolean {
  const ink = /\S/g;
  ink.lastIndex = start;
  return ink.test(text);
}

/** Index of the first character at or after `start` that does not merely separate documents or items. */
export function afterSeparators(text: string, start: number): number {
  const separators = /[\s,]*/y;
  separators.lastIndex = start;
  return start + (separators.exec(text)?.[0].length ?? 0);
}

/** One balanced `{…}` or `[…]`; `end` is undefined where the text stops, or a line break in a string shows damage. */
export interface Span {
  readonly start: number;
  readonly end: number | undefined;
  /** Where to look for the next one. */
  readonly next: number;
}

const OPENING = /[[{]/g;
const STRUCTURE = /["{}[\]]/g;
const STRING_END = /["\n]/g;

/** The next balanced object or array at or after `from`, found by its brackets; undefined if there is none. */
export function nextSpan(text: string, from: number): Span | undefined {
  OPENING.lastIndex = from;
  const start = OPENING.exec(text)?.index;
  if (start === undefined) {
    return undefined;
  }
  let depth = 0;
  for (let at = start; ; at++) {
    STRUCTURE.lastIndex = at;
    const found = STRUCTURE.exec(text);
    if (found === null) {
      return { start, end: undefined, next: text.length };
    }
    at = found.index;
    switch (found[0]) {
      case '"': {
        const end = stringEnd(text, at + 1);
        if (text[end] !== '"') {
          return { start, end: undefined, next: end + 1 };
        }
        at = end;
        break;
      }
      case '{':
      case '[':
        depth++;
        break;
      default:
        depth--;
        if (depth === 0) {
          return { start, end: at + 1, next: at + 1 };
        }
    }
  }
}

/** Index of the quote that ends a string, of a raw line break in it, or the text's length. */
function stringEnd(text: string, from: number): number {
  for (let at = from; ; at++) {
    STRING_END.lastIndex = at;
    const found = STRING_END.exec(text);
    if (found === null) {
      return text.length;
    }
    at = found.index;
    if (found[0] === '\n' || !isEscaped(text, at, from)) {
      return at;
    }
  }
}

function isEscaped(text: string, quote: number, from: number): boolean {
  let slashes = 0;
  while (quote - 1 - slashes >= from && text[quote - 1 - slashes] === '\\') {
    slashes++;
  }
  return slashes % 2 === 1;
}

function isDocument(value: unknown): boolean {
  return (isObject(value) && Object.keys(value).length > 0) || (Array.isArray(value) && value.length > 0);
}
