import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonInterval, wilsonInterval } from './interval.ts';

describe('wilsonInterval', () => {
  it.each([
    { hits: 0, trials: 10, low: 0, high: 0.2775, why: 'none found says little' },
    { hits: 81, trials: 263, low: 0.2553, high: 0.3662, why: 'Newcombe 1998, table I, method 3' },
    { hits: 15, trials: 148, low: 0.0624, high: 0.1605, why: 'Newcombe 1998, table I, method 3' },
    { hits: 0, trials: 20, low: 0, high: 0.1611, why: 'Newcombe 1998, table I, method 3' },
    { hits: 1, trials: 29, low: 0.0061, high: 0.1718, why: 'Newcombe 1998, table I, method 3' },
    { hits: 0, trials: 0, low: 0, high: 1, why: 'nothing tried' },
  ])('$hits of $trials ($why)', ({ hits, trials, low, high }) => {
    const interval = wilsonInterval(hits, trials);

    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (hits, misses) => {
        const { low, high } = wilsonInterval(hits, hits + misses);
        const share = hits + misses === 0 ? 0.5 : hits / (hits + misses);

        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('poissonInterval', () => {
  // Garwood 1936; the same figures as R: poisson.test(count)$conf.int
  it.each([
    { count: 0, low: 0, high: 3.6889 },
    { count: 1, low: 0.0253, high: 5.5716 },
    { count: 5, low: 1.6235, high: 11.6683 },
    { count: 10, low: 4.7954, high: 18.3904 },
    { count: 100, low: 81.3636, high: 121.6272 },
  ])('$count events: $low to $high', ({ count, low, high }) => {
    const interval = poissonInterval(count);

    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });
});
