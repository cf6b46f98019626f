import type { FindingEvent } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFindingEvent, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { type ActivityDelta, emptyDelta, mergeDelta, observe } from './activity-delta.ts';
import { decodeDelta, encodeDelta } from './delta-codec.ts';
import { joinedActor, observeFinding } from './delta-findings.ts';

const EPOCH = MONDAY / 3_600_000;

function deltaOf(findings: readonly FindingEvent[]): ActivityDelta {
  const delta = emptyDelta(anActor(), EPOCH);
  for (const finding of findings) observeFinding(delta, finding);
  return delta;
}

const anyFinding = fc
  .record({
    type: fc.constantFrom(...Array.from({ length: 40 }, (_, i) => `Recon:EC2/${i}`)),
    severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const, 'critical' as const),
    minute: fc.nat(59),
    finding: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ minute, ...rest }) => aFindingEvent({ ...rest, time: MONDAY + minute * 60_000 }));

describe('findings of an hour', () => {
  it('are one for each sort, as bad as it was told', () => {
    const [low, high] = [aFindingEvent({ severity: 'low' }), aFindingEvent({ severity: 'high', time: MONDAY + 1 })];
    const copy = { ...high, finding: 'copy', id: 'copy' };

    expect(deltaOf([low, high, copy]).findings).toEqual([high]);
  });

  it('of two products are two, though they are called the same', () => {
    const types = ['GuardDuty', 'Watcher'].map((product) => aFindingEvent({ product, type: 'TTPs' }));

    expect(deltaOf(types).findings).toHaveLength(2);
  });

  it('are bounded, and the same in any order, at once or in parts', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 60 }), fc.nat(60), (findings, cut) => {
        const whole = deltaOf(findings);
        const merged = deltaOf(findings.slice(0, cut));
        mergeDelta(merged, deltaOf(findings.slice(cut)));

        expect(whole.findings.length).toBeLessThanOrEqual(32);
        expect(deltaOf(findings.toReversed()).findings).toEqual(whole.findings);
        expect(merged.findings).toEqual(whole.findings);
      }),
      { numRuns: 50 },
    );
  });

  it('are no activity', () => {
    expect(deltaOf([aFindingEvent()])).toMatchObject({ events: 0, changes: 0, viewed: undefined });
  });

  it('come back from bytes', () => {
    const delta = deltaOf([aFindingEvent(), aFindingEvent({ type: 'Recon:EC2/Portscan' })]);

    expect(decodeDelta(encodeDelta(delta)).findings).toEqual(delta.findings);
  });
});

describe('who a delta is about', () => {
  const told = anActor({ arn: 'arn:aws:iam::123456789012:role/zzz', peerGroup: 'role' });
  const event = anActivityEvent({ time: MONDAY });

  it('is what activity shows, whatever came first', () => {
    const delta = emptyDelta(told, EPOCH);
    observeFinding(delta, aFindingEvent({ actor: told }));
    observe(delta, event);

    expect(delta.actor).toBe(event.actor);
  });

  it('is so when parts are joined, either way', () => {
    const [found, active] = [emptyDelta(told, EPOCH), emptyDelta(event.actor, EPOCH)];
    observe(active, event);

    expect(joinedActor(found, active)).toBe(event.actor);
    expect(joinedActor(active, found)).toBe(event.actor);
  });
});
