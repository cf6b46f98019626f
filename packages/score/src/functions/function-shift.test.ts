import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dollars, hourlyCost } from './function-cost.ts';
import { upwardShift } from './function-shift.ts';

const steady = { weight: 100, mean: 5, sumSquares: 1 };

describe('upwardShift', () => {
  it.each([
    { value: 8, moments: { ...steady, weight: 10 }, why: 'too few hours' },
    { value: 4, moments: steady, why: 'below what is usual' },
    { value: 5.05, moments: steady, why: 'within the ordinary' },
  ])('says nothing: $why', ({ value, moments }) => {
    expect(upwardShift(value, moments, 0)).toBeUndefined();
  });

  it('tells how many times the usual', () => {
    expect(upwardShift(8, steady, 0)?.ratio).toBeCloseTo(8);
  });

  it('has more bits the farther above, the steadier it was and the less noise there is', () => {
    const above = fc.double({ min: 5.5, max: 12, noNaN: true });
    fc.assert(
      fc.property(
        above,
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (value, more, noise) => {
          const bits = (at: number, spread: number, doubt: number) =>
            upwardShift(at, { ...steady, sumSquares: spread }, doubt)?.bits ?? 0;

          expect(bits(value + more, 1, noise)).toBeGreaterThanOrEqual(bits(value, 1, noise));
          expect(bits(value, 1 + 10 * more, noise)).toBeLessThanOrEqual(bits(value, 1, noise));
          expect(bits(value, 1, noise + more)).toBeLessThanOrEqual(bits(value, 1, noise));
        },
      ),
    );
  });
});

// 128 MB for one second a thousand times: 125 GB-seconds at list price, and the runs
it('costs what AWS asks for', () => {
  const prices = { perMillionInvocations: 0.2, perGbSecond: 0.0000166667 };

  expect(hourlyCost({ invocations: 1000, billedMbMs: 1000 * 1000 * 128 }, prices)).toBeCloseTo(
    0.0002 + 125 * 0.0000166667,
    8,
  );
});

it.each([
  { amount: 0, text: '$0.00' },
  { amount: 0.004, text: 'less than $0.01' },
  { amount: 3.456, text: '$3.46' },
  { amount: 12_345.6, text: '$12,346' },
])('writes $amount as $text', ({ amount, text }) => {
  expect(dollars(amount)).toBe(text);
});
