import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it.each([
    {
      // RFC 8785, section 3.2.2 and 3.2.4, without its control characters
      value: JSON.parse(
        '{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "literals": [null, true, false] }',
      ),
      text: '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
      why: 'RFC 8785, 3.2.4',
    },
    {
      value: { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 },
      text: '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
      why: 'RFC 8785, 3.2.3: sorted by code units',
    },
    { value: { b: undefined, a: -0 }, text: '{"a":0}', why: 'nothing is left out of JSON that was in it' },
    { value: '\ud800', text: '"\ufffd"', why: 'half a pair has no UTF-8' },
    { value: {}, text: '{}', why: 'empty' },
  ])('writes $text ($why)', ({ value, text }) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same after any writer and reader of JSON, and still says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const again: unknown = JSON.parse(JSON.stringify(reversed(value), null, 3));
        expect(canonicalJson(again)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    { value: Number.NaN, why: 'no number' },
    { value: 1n, why: 'no JSON' },
    { value: () => 1, why: 'no JSON' },
    { value: nested(65), why: 'nested without end' },
  ])('refuses what is $why', ({ value }) => {
    expect(() => canonicalJson(value)).toThrow();
  });

  it('takes what is nested as deep as an event may be', () => {
    expect(canonicalJson(nested(64))).toHaveLength(2 * 64 + 1);
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

/** The same value, all members in the opposite order. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
