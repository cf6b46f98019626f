import { DAY_MS, EPOCH_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aNetwork, anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { emptyDelta, observe } from './activity-delta.ts';
import { type ActorBaseline, emptyBaseline, seal } from './actor-baseline.ts';
import { decodeBaseline, encodeBaseline } from './baseline-codec.ts';
import { BaselineFormatError } from './errors.ts';
import { mostUsual } from './value-names.ts';

/** A month of a busy actor: 40 actions, a new network every other day. */
function aMonth(actions = 40): ActorBaseline {
  const baseline = emptyBaseline(MONDAY / DAY_MS);
  for (let day = 0; day < 30; day++) {
    const time = MONDAY + day * DAY_MS;
    const delta = emptyDelta(anActor(), time / EPOCH_MS);
    for (let i = 0; i < actions; i++) {
      const network = aNetwork(`192.0.${Math.floor(day / 2)}.0/24`, { owner: 'EXAMPLE-AS' });
      observe(delta, anActivityEvent({ time, network, action: anAction(`service${i % 7}:DescribeThing${i}`) }));
    }
    seal(baseline, delta);
  }
  return baseline;
}

describe('baseline codec', () => {
  it('gives back what it was given, save the texts of rare values', () => {
    const baseline = aMonth();

    const decoded = decodeBaseline(encodeBaseline(baseline));

    expect(encodeBaseline(decoded)).toEqual(encodeBaseline(baseline));
    expect(decoded.counts).toEqual(baseline.counts);
    expect(decoded.features.action.values.size).toBe(40);
    expect(decoded.features.action.fadedNew).toBe(baseline.features.action.fadedNew);
    expect(mostUsual(decoded.features.network)).toEqual(mostUsual(baseline.features.network));
  });

  it('goes on learning as if it had never been stored', () => {
    const [kept, stored] = [aMonth(), decodeBaseline(encodeBaseline(aMonth()))];
    const time = MONDAY + 31 * DAY_MS;
    const delta = emptyDelta(anActor(), time / EPOCH_MS);
    observe(delta, anActivityEvent({ time, action: anAction('iam:CreateUser') }));

    expect(seal(stored, delta)).toEqual(seal(kept, delta));
    expect(encodeBaseline(stored)).toEqual(encodeBaseline(kept));
  });

  it('keeps a month of a busy actor within 2 KB', () => {
    expect(encodeBaseline(aMonth()).length).toBeLessThan(2048);
  });

  it('refuses damage with a typed error and nothing else', () => {
    const bytes = encodeBaseline(aMonth(5));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeBaseline(bytes.subarray(0, length))).toThrow(BaselineFormatError);
      }),
    );
    expect(() => decodeBaseline(Uint8Array.of(99))).toThrow(/version 99; this release reads versions 1 and 2/);
    expect(() => decodeBaseline(Uint8Array.from([...bytes, 0]))).toThrow(/left over/);
  });
});
