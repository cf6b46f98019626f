import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, printable } from './terminal-text.ts';

const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('printable', () => {
  it.each([
    { text: 'orders-api', shown: 'orders-api', why: 'ordinary names stay' },
    { text: 'Zoë 東京 🚀', shown: 'Zoë 東京 🚀', why: 'so do letters of the world' },
    { text: '\x1b[2J', shown: '\\u{1b}[2J', why: 'clears the screen' },
    { text: '\x9b2J', shown: '\\u{9b}2J', why: 'the same in one byte' },
    { text: 'a\r\nb', shown: 'a\\u{d}\\u{a}b', why: 'forges a line' },
    { text: 'abc\u202egpj', shown: 'abc\\u{202e}gpj', why: 'reverses what follows' },
    { text: 'a\ud800b', shown: 'a\\u{d800}b', why: 'half a surrogate pair' },
  ])('shows $shown ($why)', ({ text, shown }) => {
    expect(printable(text)).toBe(shown);
  });
});

describe('jsonLine', () => {
  it('says the same as JSON.stringify, in one line that no terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = jsonLine({ text });
        expect(JSON.parse(line)).toEqual({ text });
        expect(line.endsWith('\n')).toBe(true);
      }),
    );
    const hostile = '\x1b[2J \x7f \x9b2J \u202e \u2066 \u2028 \ufeff \u200b \u00ad';
    expect(jsonLine(hostile).slice(0, -1)).not.toMatch(OBEYED);
    expect(JSON.parse(jsonLine(hostile))).toBe(hostile);
  });
});
