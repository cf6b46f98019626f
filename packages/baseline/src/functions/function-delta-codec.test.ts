import { epochOf, type FunctionEvent, type FunctionMoment } from '@portcullis/event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyFunctionDelta, observeFunction } from './function-delta.ts';
import { mergeFunctionDelta, restoreFunctionDelta, storeFunctionDelta } from './function-delta-codec.ts';

const AT = Date.UTC(2026, 2, 2, 10);
const of = { id: '1/eu-west-1/orders', account: '1', region: 'eu-west-1', name: 'orders' };

const someMoment = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    requestId: fc.constantFrom('a', 'b', 'c', 'd'),
    status: fc.constantFrom('success' as const, 'error' as const),
    report: fc.record({
      durationMs: fc.integer({ min: 1, max: 900_000 }),
      billedMs: fc.integer({ min: 1, max: 900_000 }),
      memoryMb: fc.constantFrom(128, 512),
      maxMemoryMb: fc.integer({ min: 30, max: 512 }),
      initMs: fc.constantFrom(12, undefined),
    }),
  }),
  fc.record({
    kind: fc.constant('trouble' as const),
    requestId: fc.constantFrom('a', 'b', 'c', 'd'),
    status: fc.constantFrom('timeout' as const, 'error' as const),
  }),
  fc.constant<FunctionMoment>({ kind: 'line', level: 'error', shape: 'text' }),
  fc.constant<FunctionMoment>({ kind: 'platform', type: 'logsDropped' }),
);

function deltaOf(events: readonly FunctionEvent[]) {
  const delta = emptyFunctionDelta(of, epochOf(AT));
  for (const event of events) observeFunction(delta, event);
  return delta;
}

it('what parts of an hour say, stored, restored and joined in any order, is what the whole says', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someMoment, fc.nat(2)), { minLength: 1, maxLength: 30 }), (moments) => {
      const events = moments.map(
        ([moment], at): FunctionEvent => ({ source: 'lambda', id: `${at}`, time: AT + 1000 * at, of, moment }),
      );
      const parts = [2, 0, 1].map((part) => events.filter((_, at) => moments[at]?.[1] === part));
      const joined = emptyFunctionDelta(of, epochOf(AT));
      for (const part of parts.filter(({ length }) => length > 0)) {
        mergeFunctionDelta(joined, restoreFunctionDelta(JSON.parse(JSON.stringify(storeFunctionDelta(deltaOf(part))))));
      }

      expect(storeFunctionDelta(joined)).toEqual(storeFunctionDelta(deltaOf(events)));
      expect(joined.sample.witnesses).toEqual(deltaOf(events).sample.witnesses);
    }),
  );
});

it('refuses what a later release stored', () => {
  const stored = storeFunctionDelta(deltaOf([]));
  expect(() => restoreFunctionDelta({ ...stored, version: 2 })).toThrow('version 2');
});
