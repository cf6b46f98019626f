import { epochOf, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, MONDAY } from '../../../test/builders.ts';
import { OpenEpochs } from './open-epochs.ts';

describe('OpenEpochs', () => {
  it('gives an epoch away once its lateness has passed, oldest first', () => {
    const open = new OpenEpochs(15 * MINUTE_MS);
    for (const hour of [2, 0, 1]) open.add(anActivityEvent({ time: MONDAY + hour * HOUR_MS }));

    expect(open.sealableAt).toBe(MONDAY + HOUR_MS + 15 * MINUTE_MS);
    expect(open.take(open.sealableAt - 1)).toEqual([]);
    expect(open.take(MONDAY + 2 * HOUR_MS + 15 * MINUTE_MS).map(({ epoch }) => epoch)).toEqual([
      epochOf(MONDAY),
      epochOf(MONDAY) + 1,
    ]);
    expect(open.sealableAt).toBe(MONDAY + 3 * HOUR_MS + 15 * MINUTE_MS);
  });

  it('has nothing to seal when nothing is open', () => {
    expect(new OpenEpochs(0).sealableAt).toBe(Number.POSITIVE_INFINITY);
  });

  it('an event after its epoch was taken opens it anew rather than joining what is gone', () => {
    const open = new OpenEpochs(0);
    open.add(anActivityEvent({ time: MONDAY }));
    open.take(Number.POSITIVE_INFINITY);

    open.add(anActivityEvent({ time: MONDAY }));

    expect(open.take(Number.POSITIVE_INFINITY)[0]?.deltas.size).toBe(1);
  });
});
