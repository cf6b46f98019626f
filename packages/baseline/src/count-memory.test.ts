import { DAY_MS, HOUR_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCountMemory, expectCount, momentsOf, rememberCount, SHIPPED_COUNT_PRIOR } from './count-memory.ts';

describe('rememberCount', () => {
  it('halves a vote in fourteen days', () => {
    const memory = emptyCountMemory();
    rememberCount(memory, 0, DAY_MS, 8);

    rememberCount(memory, 14, DAY_MS, 0);

    expect(memory).toMatchObject({ windows: 1.5, sum: 4, sumSquares: 32 });
  });

  it('silence shows in the share of active windows', () => {
    const memory = emptyCountMemory();
    for (let hour = 0; hour < 240; hour += 10) rememberCount(memory, hour, HOUR_MS, 5);

    expect(expectCount(memory, SHIPPED_COUNT_PRIOR).activeShare).toBeCloseTo(0.1, 1);
  });
});

describe('expectCount', () => {
  it('is the prior where nothing is known', () => {
    expect(expectCount(emptyCountMemory(), { mean: 40, dispersion: 2 })).toMatchObject({ mean: 40, windows: 0 });
  });

  it('the mean stays between the prior and the largest count seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 50 }), (counts) => {
        const memory = emptyCountMemory();
        counts.forEach((count, hour) => {
          rememberCount(memory, hour, HOUR_MS, count);
        });

        const { mean } = expectCount(memory, SHIPPED_COUNT_PRIOR);

        expect(mean).toBeGreaterThanOrEqual(Math.min(3, ...counts) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(3, ...counts) + 1e-9);
      }),
    );
  });

  it('one window says nothing of the spread: the prior does', () => {
    const memory = emptyCountMemory();
    rememberCount(memory, 0, HOUR_MS, 40);

    expect(expectCount(memory, { mean: 40, dispersion: 0.5 }).dispersion).toBeLessThan(0.5);
  });

  it('a young memory expects wider swings than an old one of the same counts', () => {
    const [young, old] = [emptyCountMemory(), emptyCountMemory()];
    for (let hour = 0; hour < 3; hour++) rememberCount(young, hour, HOUR_MS, 20 + (hour % 2));
    for (let hour = 0; hour < 200; hour++) rememberCount(old, hour, HOUR_MS, 20 + (hour % 2));

    expect(expectCount(young, SHIPPED_COUNT_PRIOR).dispersion).toBeLessThan(
      expectCount(old, SHIPPED_COUNT_PRIOR).dispersion,
    );
  });
});

describe('momentsOf', () => {
  it.each([
    { counts: [3, 4, 6, 7], mean: 5, dispersion: 100, why: 'variance 10/3, below the mean: Poisson' },
    { counts: [0, 0, 0, 40], mean: 10, dispersion: 100 / 390, why: 'mean² / (variance − mean), variance 400' },
  ])('$why', ({ counts, mean, dispersion }) => {
    const sum = counts.reduce((total, count) => total + count, 0);
    const squares = counts.reduce((total, count) => total + count * count, 0);

    const moments = momentsOf(counts.length, sum, squares);

    expect(moments.mean).toBe(mean);
    expect(moments.dispersion).toBeCloseTo(dispersion, 10);
  });
});
