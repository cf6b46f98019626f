import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negativeBinomialTail } from './count-tail.ts';

/** ln P(X ≥ x) by summing the probability mass, term by term from x on. */
function exactTail(count: number, mean: number, dispersion: number): number {
  const p = mean / (mean + dispersion);
  let term = dispersion * Math.log(1 - p);
  for (let k = 0; k < count; k++) term += Math.log((k + dispersion) / (k + 1)) + Math.log(p);
  let sum = 1;
  let ratio = 1;
  for (let k = count; k < count + 5000; k++) {
    ratio *= ((k + dispersion) / (k + 1)) * p;
    sum += ratio;
  }
  return term + Math.log(sum);
}

describe('negativeBinomialTail', () => {
  it('never claims more than the exact tail, and stays near it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 50, noNaN: true }),
        fc.double({ min: 0.3, max: 20, noNaN: true }),
        fc.double({ min: 1.5, max: 12, noNaN: true }),
        (mean, dispersion, times) => {
          const count = Math.ceil(mean * times) + 1;
          const exact = -exactTail(count, mean, dispersion);
          const bound = negativeBinomialTail(count, mean, dispersion);

          expect(bound).toBeLessThanOrEqual(exact + 1e-6);
          expect(bound).toBeGreaterThan(exact - 6);
        },
      ),
    );
  });

  it('grows with the count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (count, more) => {
        expect(negativeBinomialTail(count + more, 10, 2)).toBeGreaterThanOrEqual(negativeBinomialTail(count, 10, 2));
      }),
    );
  });

  it('approaches the Poisson bound x ln(x/m) − x + m for a steady count', () => {
    expect(negativeBinomialTail(30, 10, 1e9)).toBeCloseTo(30 * Math.log(3) - 20, 4);
  });

  it('says nothing below the mean, and a thousand bits where a thousand bits are due', () => {
    expect(negativeBinomialTail(9, 10, 1)).toBe(0);
    expect(negativeBinomialTail(5000, 10, 10) / Math.LN2).toBeGreaterThan(1000);
  });
});
