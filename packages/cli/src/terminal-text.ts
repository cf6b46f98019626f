/** Control and format characters (bidirectional overrides among them), line separators, halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Of these, what JSON.stringify leaves as it is and a terminal obeys or reorders. U+009B starts an escape sequence. */
const RAW_IN_JSON = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Text that shows what it holds instead of steering the terminal.
 *
 * Names in logs are chosen by whoever is watched: a role session called `\x1b[2J` must not clear the
 * screen of the person who reads about it.
 *
 * @example
 * printable('a\x1b[2Jb'); // => 'a\\u{1b}[2Jb'
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** One line of JSON; the same value, with nothing in it that a terminal obeys. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(RAW_IN_JSON, unicodeEscape)}\n`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
