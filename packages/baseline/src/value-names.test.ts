import { DAY_MS, EPOCH_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { emptyDelta, observe } from './activity-delta.ts';
import { emptyBaseline, seal } from './actor-baseline.ts';
import { namedValues } from './value-names.ts';

/** Names after one hour in which the actions were called in this order. */
function namesAfter(actions: readonly string[]) {
  const delta = emptyDelta(anActor(), MONDAY / EPOCH_MS);
  for (const action of actions) observe(delta, anActivityEvent({ action: anAction(action) }));
  const baseline = emptyBaseline(MONDAY / DAY_MS);
  seal(baseline, delta);
  return namedValues(baseline.features.action).map(({ value }) => value);
}

describe('keepNames', () => {
  it('names the most frequent values, whatever came first', () => {
    const rare = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rare:${name}`);
    const often = ['often:A', 'often:A', 'often:B', 'often:B', 'often:B'];

    const names = namesAfter([...rare, ...often]);

    expect(names).toHaveLength(6);
    expect(names.slice(0, 2)).toEqual(['often:B', 'often:A']);
  });

  it('does not depend on the order of sightings', () => {
    const actions = fc.array(fc.integer({ min: 0, max: 12 }).map((number) => `svc:Action${number}`));
    fc.assert(
      fc.property(actions, (calls) => {
        expect(namesAfter(calls.toReversed())).toEqual(namesAfter(calls));
      }),
    );
  });
});
