import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CountMemory,
  type CountPrior,
  emptyCountMemory,
  expectCount,
  momentsOf,
  rememberCounts,
  SHIPPED_COUNT_PRIOR,
} from './count-memory.ts';
import { METRICS, metricIndex } from './metric.ts';

const CALLS = metricIndex('calls');

function rememberCalls(memory: CountMemory, window: 'hour' | 'day', index: number, calls: number): void {
  rememberCounts(
    memory,
    window,
    index,
    METRICS.map((metric) => (metric === 'calls' ? calls : 0)),
  );
}

const expectCalls = (memory: CountMemory, prior: CountPrior) => expectCount(memory, 'hour', CALLS, prior);

describe('rememberCounts', () => {
  it('halves a vote in fourteen days', () => {
    const memory = emptyCountMemory();
    rememberCalls(memory, 'day', 0, 8);

    rememberCalls(memory, 'day', 14, 6);

    expect([...memory.sums].filter((sum) => sum > 0)).toEqual([1.5, 10, 68]);
  });

  it('a window without any of a metric leaves its mean alone, and shows in its share', () => {
    const memory = emptyCountMemory();
    for (let hour = 0; hour < 10; hour++) rememberCalls(memory, 'hour', hour, hour % 2 === 0 ? 8 : 0);

    const { windows, activeShare } = expectCalls(memory, SHIPPED_COUNT_PRIOR);

    expect(windows).toBeCloseTo(5, 0);
    expect(activeShare).toBeCloseTo(0.5, 1);
  });

  it('silence shows in the share of active windows', () => {
    const memory = emptyCountMemory();
    for (let hour = 0; hour < 240; hour += 10) rememberCalls(memory, 'hour', hour, 5);

    expect(expectCalls(memory, SHIPPED_COUNT_PRIOR).activeShare).toBeCloseTo(0.1, 1);
  });
});

describe('expectCount', () => {
  it('is the prior where nothing is known', () => {
    expect(expectCalls(emptyCountMemory(), { mean: 40, dispersion: 2, windows: 0.7 })).toMatchObject({
      mean: 40,
      windows: 0,
    });
  });

  it('the mean stays between the prior and the largest count seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 50 }), (counts) => {
        const memory = emptyCountMemory();
        counts.forEach((count, hour) => {
          rememberCalls(memory, 'hour', hour, count);
        });

        const { mean } = expectCalls(memory, SHIPPED_COUNT_PRIOR);

        expect(mean).toBeGreaterThanOrEqual(Math.min(3, ...counts) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(3, ...counts) + 1e-9);
      }),
    );
  });

  it('one window says nothing of the spread: the prior does', () => {
    const memory = emptyCountMemory();
    rememberCalls(memory, 'hour', 0, 40);

    expect(expectCalls(memory, { mean: 40, dispersion: 0.5, windows: 0.7 }).dispersion).toBeLessThan(0.5);
  });

  it('a young memory expects wider swings than an old one of the same counts', () => {
    const [young, old] = [emptyCountMemory(), emptyCountMemory()];
    for (let hour = 0; hour < 3; hour++) rememberCalls(young, 'hour', hour, 20 + (hour % 2));
    for (let hour = 0; hour < 200; hour++) rememberCalls(old, 'hour', hour, 20 + (hour % 2));

    expect(expectCalls(young, SHIPPED_COUNT_PRIOR).dispersion).toBeLessThan(
      expectCalls(old, SHIPPED_COUNT_PRIOR).dispersion,
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
