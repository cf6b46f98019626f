import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import type { PlannedAttack } from './attack-plan.ts';
import { amongAttacks, attackResult, playedAttack } from './attack-results.ts';
import { anAlert } from './testing/an-alert.ts';

const alice = anActor({ id: 'alice' });
const attack: PlannedAttack = {
  id: 'a',
  story: 'story',
  manner: 'loud',
  victim: { id: 'm', name: 'alice', group: 'person' },
  records: [],
  events: [
    anActivityEvent({ id: 'a1', actor: alice, time: MONDAY + HOUR_MS / 2 }),
    anActivityEvent({ id: 'a2', actor: alice, time: MONDAY + 2 * HOUR_MS }),
  ],
  principals: new Set(['alice']),
};

describe('what came of an attack', () => {
  it('is when it was found, and where its alert stands among the false ones of that week', () => {
    const benign = [
      anAlert({ episode: 'b1', actor: 'bob', at: MONDAY + DAY_MS, risk: 14 }),
      anAlert({ episode: 'b2', actor: 'carol', at: MONDAY + DAY_MS, risk: 9 }),
      anAlert({ episode: 'b2', actor: 'carol', at: MONDAY + 2 * DAY_MS, stage: 'Updated', risk: 13 }),
      anAlert({ episode: 'b3', actor: 'dora', at: MONDAY + 8 * DAY_MS, risk: 99 }),
    ];
    const found = anAlert({ at: MONDAY + HOUR_MS, risk: 12, eventIds: ['a1'] });

    expect(attackResult(attack, [...benign, found], benign, MONDAY)).toEqual({
      id: 'a',
      found: 'events',
      strict: true,
      overlapped: false,
      risk: 12,
      minutes: 30,
      eventsUntil: 1,
      rank: 3,
      title: found.detail.data.title,
    });
  });

  it('is nothing where it was missed, but whether its actor was under suspicion anyway', () => {
    expect(attackResult(attack, [anAlert({ at: MONDAY })], [], MONDAY)).toEqual({
      id: 'a',
      found: 'missed',
      strict: false,
      overlapped: true,
    });
  });

  it('keeps the best that was ever said of it', () => {
    const generous = [
      anAlert({ at: MONDAY + HOUR_MS, risk: 3, eventIds: ['a1'], bits: { where: 4 } }),
      anAlert({ at: MONDAY + 3 * HOUR_MS, stage: 'Updated', risk: 7, eventIds: ['a1'], bits: { where: 4, what: 8 } }),
    ];

    expect(playedAttack(attack, generous, [])).toMatchObject({
      from: MONDAY + HOUR_MS / 2,
      to: MONDAY + 2 * HOUR_MS,
      best: { risk: 7, evidence: [{ family: 'where' }, { family: 'what' }] },
    });
    expect(playedAttack(attack, [], []).best).toBeUndefined();
  });
});

describe('the alerts of a run with attacks', () => {
  it.each([
    { told: { eventIds: ['x', 'a2'] }, counts: { episodes: 1, true: 1, collateral: 0 }, why: 'true' },
    { told: { eventIds: ['x'] }, counts: { episodes: 1, true: 0, collateral: 0 }, why: 'its victim’s, over else' },
    { told: { actor: 'bob' }, counts: { episodes: 1, true: 0, collateral: 1 }, why: 'of nobody attacked' },
    { told: { actor: 'carol' }, counts: { episodes: 1, true: 0, collateral: 0 }, why: 'the benign run has it' },
    { told: { stage: 'Closed' } as const, counts: { episodes: 0, true: 0, collateral: 0 }, why: 'no news' },
  ])('$why', ({ told, counts }) => {
    const benign = [anAlert({ episode: 'other id', actor: 'carol', at: MONDAY + DAY_MS })];

    const { collateral, ...rest } = amongAttacks([attack], [anAlert({ at: MONDAY + 2 * DAY_MS, ...told })], benign);

    expect({ ...rest, collateral: collateral.length }).toEqual(counts);
  });
});
