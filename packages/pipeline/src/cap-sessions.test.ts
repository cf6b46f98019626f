import { emptyBaseline, emptyDelta, observe } from '@portcullis/baseline';
import { epochOf } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { capSessions } from './cap-sessions.ts';
import { emptyState } from './pipeline-state.ts';

const role = anActor({ id: '1/role/AROA', name: 'AWSReservedSSO_Ops' });

function sessions(names: readonly string[]) {
  return new Map(
    names.map((name) => {
      const actor = anActor({ id: `${role.id}/${name}`, kind: 'person', name, sharedRole: role });
      const delta = emptyDelta(actor, epochOf(MONDAY));
      observe(delta, anActivityEvent({ actor }));
      return [actor.id, delta] as const;
    }),
  );
}

describe('capSessions', () => {
  it('10,000 random session names of one role are bounded, and none of their events is lost', () => {
    const state = emptyState();
    const names = Array.from({ length: 10_000 }, (_, i) => `s${(i * 7919) % 10_000}`);

    const capped = capSessions(sessions(names), state, 1000);

    expect(capped).toHaveLength(1001);
    expect(capped.find(({ actor }) => actor.id === role.id)?.events).toBe(9000);
    expect(state.sessionsPerRole.get(role.id)).toBe(1000);
    expect(capSessions(sessions(['zz-new']), state, 1000).map(({ actor }) => actor.id)).toEqual([role.id]);
  });

  it('the order of delivery does not choose who gets in', () => {
    const names = ['d', 'a', 'c', 'b'];
    const ids = (order: readonly string[]) =>
      capSessions(sessions(order), emptyState(), 2).map(({ actor, events }) => `${actor.id} ${events}`);

    expect(ids(names.toReversed())).toEqual(ids(names));
  });

  it('who is known stays known', () => {
    const state = emptyState();
    state.baselines.set(`${role.id}/mara`, emptyBaseline(0));
    state.sessionsPerRole.set(role.id, 1);

    const capped = capSessions(sessions(['adam', 'mara']), state, 1);

    expect(capped.map(({ actor }) => actor.id)).toEqual([role.id, `${role.id}/mara`]);
  });
});
