import { describe, expect, it } from 'vitest';
import { bitsOfAtLeastOne } from './novelty.ts';

describe('bitsOfAtLeastOne', () => {
  it.each([
    { expected: Math.LN2, bits: 1, why: '1 − e^−ln2 = 1/2' },
    { expected: 1, bits: 0.6617, why: '1 − 1/e = .63212 (tables of the exponential distribution)' },
    { expected: 2 ** -50, bits: 50, why: 'far out the chance is the expectation' },
    { expected: 2 ** -900, bits: 900, why: 'the far tail does not underflow' },
    { expected: 100, bits: 0, why: 'certain' },
  ])('$expected expected is $bits bits ($why)', ({ expected, bits }) => {
    expect(bitsOfAtLeastOne(expected)).toBeCloseTo(bits, 4);
  });
});
