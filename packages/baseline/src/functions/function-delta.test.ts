import { epochOf, type FunctionEvent, type FunctionMoment } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationBin, logMoments } from './duration-bins.ts';
import { countsOfFunction, emptyFunctionBaseline, learnFunction } from './function-baseline.ts';
import { emptyFunctionDelta, observeFunction } from './function-delta.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const of = { id: '1/eu-west-1/orders', account: '1', region: 'eu-west-1', name: 'orders' };
const report = { durationMs: 120.4, billedMs: 121, memoryMb: 512, maxMemoryMb: 90, initMs: undefined };

const MOMENTS: readonly FunctionMoment[] = [
  { kind: 'report', requestId: 'a', status: 'success', report },
  { kind: 'report', requestId: 'b', status: 'error', report: { ...report, durationMs: 3.7, initMs: 12 } },
  { kind: 'report', requestId: 'c', status: 'error', report: { ...report, maxMemoryMb: 400 } },
  { kind: 'trouble', requestId: 'c', status: 'timeout' },
  { kind: 'trouble', requestId: 'b', status: 'error' },
  { kind: 'line', level: 'error', shape: 'text' },
  { kind: 'line', level: undefined, shape: 'json' },
  { kind: 'platform', type: 'logsDropped' },
  { kind: 'started', requestId: 'a' },
];

const EVENTS: readonly FunctionEvent[] = MOMENTS.map((moment, index) => ({
  source: 'lambda',
  id: `${index}`,
  time: AT + 1000 * index,
  of,
  moment,
}));

function deltaOf(events: readonly FunctionEvent[]) {
  const delta = emptyFunctionDelta(of, epochOf(AT));
  for (const event of events) observeFunction(delta, event);
  return delta;
}

describe('the delta of a function', () => {
  it('counts each request that ended badly once, a timeout as a timeout', () => {
    expect(countsOfFunction(deltaOf(EVENTS))).toEqual({
      invocations: 3,
      errors: 1,
      timeouts: 1,
      coldStarts: 1,
      billedSeconds: 1,
      lines: 2,
    });
  });

  it('does not show in which order its lines came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...EVENTS], { minLength: EVENTS.length }), (events) => {
        const { sample, ...delta } = deltaOf(events);
        const { sample: expected, ...other } = deltaOf(EVENTS);
        expect({ ...delta, troubled: new Map([...delta.troubled].sort()) }).toEqual({
          ...other,
          troubled: new Map([...other.troubled].sort()),
        });
        expect(sample.witnesses).toEqual(expected.witnesses);
      }),
    );
  });
});

it('a baseline remembers runs, silence and what has no lines', () => {
  const own = emptyFunctionBaseline(epochOf(AT));
  const quiet = { ...deltaOf(EVENTS.slice(0, 3)), epoch: epochOf(AT) + 49 };
  learnFunction(own, deltaOf(EVENTS));
  learnFunction(own, quiet);

  expect(own).toMatchObject({ invocations: 6, activeDays: 2, longestGap: 48, runsWithoutLines: 3 });
  expect(own.counts.hour.invocations.windows).toBeGreaterThan(1.8);
  expect(own.elapsed.hour).toBeGreaterThan(49);
});

it.each([
  { ms: 0, bin: 0 },
  { ms: 0.1, bin: 0 },
  { ms: 0.2, bin: 4 },
  { ms: 900_000, bin: 92 },
  { ms: 1e12, bin: 95 },
])('$ms ms is in bin $bin, a quarter of an octave each', ({ ms, bin }) => {
  expect(durationBin(ms)).toBe(bin);
});

it('tells the mean of logarithms from bins to a quarter of an octave', () => {
  const bins = new Array<number>(96).fill(0);
  for (const ms of [10, 20, 40]) bins[durationBin(ms)] = (bins[durationBin(ms)] ?? 0) + 1;

  expect(logMoments(bins).mean).toBeCloseTo(Math.log2(20 / 0.1), 0);
  expect(logMoments([]).mean).toBe(0);
});
