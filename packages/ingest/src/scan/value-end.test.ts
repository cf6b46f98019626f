import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesFrom } from '../testing/mutate.ts';
import { wrongJson } from '../testing/wrong-json.ts';
import { JsonBytes } from './json-bytes.ts';
import { MAX_DEPTH, NOT_READ, valueEnd } from './value-end.ts';

function endOf(text: string, depth = MAX_DEPTH): number {
  return valueEnd(new JsonBytes(Buffer.from(text)), 0, depth);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nested(levels: number): string {
  return `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
}

describe('valueEnd', () => {
  it.each(['0', '-0', '10', '-1.5', '1e5', '1E-5', '0.25e+10', 'true', 'false', 'null', '""', '{}', '[]', '[[],{}]'])(
    'ends %s where it ends',
    (text) => {
      expect(endOf(text)).toBe(text.length);
      expect(endOf(`${text},"next"`)).toBe(text.length);
    },
  );

  it.each([
    '"a plain text longer than one word"',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\u00e4\\uD83D\\udE00"',
    '"\\ud800"',
    '"\u007f\u2028ä🚀"',
    '"a backslash at the end of a word\\\\"',
  ])('reads the text %s', (text) => {
    expect(isJson(text)).toBe(true);
    expect(endOf(text)).toBe(Buffer.byteLength(text));
  });

  it.each([
    '',
    '-',
    '.5',
    '1.',
    '1.e5',
    '1e',
    '1e+',
    '+1',
    'tru',
    'nulL',
    'undefined',
    '"',
    '"open',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"\\',
    '"a\tb"',
    '"1234\u00005678"',
    '"a\nb"',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{,}',
    '{a:1}',
    '{"a" 1}',
    '{"a":1]',
    '{"a":1 "b":2}',
    '[',
    '[1',
    '[1,]',
    '[,1]',
    '[1}',
    '[1 2]',
    '{"a":[1}]',
  ])('does not read %j, as JSON.parse would not', (text) => {
    expect(isJson(text)).toBe(false);
    expect(endOf(text)).toBe(NOT_READ);
  });

  it('ends 01 behind its first digit, so that who reads on finds a digit for a comma', () => {
    expect(endOf('01')).toBe(1);
    expect(endOf('[01]')).toBe(NOT_READ);
    expect(endOf('{"a":-01}')).toBe(NOT_READ);
  });

  it.each([
    { text: '{"a": 1}', why: 'a blank' },
    { text: '[1,\n2]', why: 'a line break' },
    { text: '{"\\u0061":1}', why: 'a key with an escape' },
    { text: nested(MAX_DEPTH + 2), why: 'too deep for one integer' },
  ])('leaves $why to JSON.parse', ({ text }) => {
    expect(isJson(text)).toBe(true);
    expect(endOf(text)).toBe(NOT_READ);
  });

  it('counts levels as it was told', () => {
    expect(endOf(nested(MAX_DEPTH))).toBe(nested(MAX_DEPTH).length);
    expect(endOf('[[1]]', 2)).toBe(5);
    expect(endOf('[[1]]', 1)).toBe(NOT_READ);
    expect(endOf('[[]]', 1)).toBe(NOT_READ);
    expect(endOf('1', 0)).toBe(1);
  });

  it('reads whatever JSON.stringify writes, but for keys with an escape', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        const end = endOf(text);
        expect(end === NOT_READ ? /\\[^"]*":/.test(text) : end === Buffer.byteLength(text)).toBe(true);
      }),
    );
  });

  it('reads nothing that JSON.parse would refuse', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(), (value, seed) => {
        const bytes = wrongJson(choicesFrom(seed), Buffer.from(JSON.stringify(value)));
        if (valueEnd(new JsonBytes(bytes), 0, MAX_DEPTH) === bytes.length) expect(isJson(bytes.toString())).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
