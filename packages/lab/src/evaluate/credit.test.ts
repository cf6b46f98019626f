import { HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { MONDAY } from '../../../../test/builders.ts';
import { creditOf, type Findable, wasToldBefore } from './credit.ts';
import { anAlert } from './testing/an-alert.ts';

/** Alice's credentials at ten past ten and ten past eleven; told of at the end of each hour. */
const TEN = MONDAY + 10 * HOUR_MS;
const [END_OF_FIRST, END_OF_SECOND] = [TEN + HOUR_MS, TEN + 2 * HOUR_MS];
const attack: Findable = {
  principals: new Set(['alice', 'bob']),
  events: [
    { id: 'a1', time: TEN + 10 * MINUTE_MS, actor: { id: 'alice' } },
    { id: 'a2', time: TEN + 20 * MINUTE_MS, actor: { id: 'alice' } },
    { id: 'b1', time: TEN + 70 * MINUTE_MS, actor: { id: 'bob' } },
  ],
};

describe('an attack is found', () => {
  it.each([
    { told: [], by: undefined, why: 'nobody said anything' },
    { told: [{ at: END_OF_FIRST, eventIds: ['x', 'a2'] }], by: 'events', why: 'one of its events is listed' },
    {
      told: [{ at: END_OF_FIRST, actor: 'carol', eventIds: ['a2'] }],
      by: 'events',
      why: 'in whosever alert: the event is the attack’s alone',
    },
    {
      told: [{ at: END_OF_FIRST, stage: 'Updated', eventIds: ['a1'] } as const],
      by: 'events',
      why: 'a revision is news',
    },
    {
      told: [{ at: END_OF_FIRST, stage: 'Closed', eventIds: ['a1'] } as const],
      by: undefined,
      why: 'the last word is not',
    },
    { told: [{ at: END_OF_FIRST, eventIds: ['x'] }], by: undefined, why: 'its actor alerts over other events' },
    {
      told: [{ at: END_OF_FIRST, bits: { 'how-much': 9 } }],
      by: 'window',
      why: 'a count of the hour in which it acted',
    },
    {
      told: [{ at: END_OF_SECOND, bits: { 'how-much': 9 } }],
      by: undefined,
      why: 'alice is told for an hour in which only bob acted',
    },
    {
      told: [{ at: END_OF_SECOND, actor: 'bob', bits: { 'how-much': 9 } }],
      by: 'window',
      why: 'each principal by its own hours',
    },
    {
      told: [{ at: END_OF_FIRST, actor: 'carol', bits: { 'how-much': 9 } }],
      by: undefined,
      why: 'a count of somebody else',
    },
    {
      told: [
        { at: TEN, bits: { 'how-much': 9 } },
        { at: END_OF_FIRST, stage: 'Updated', bits: { 'how-much': 9, what: 20 } } as const,
      ],
      by: undefined,
      why: 'the count had been told before; something else is new',
    },
    {
      told: [
        { at: TEN, bits: { 'how-much': 9 } },
        { at: END_OF_FIRST, stage: 'Updated', bits: { 'how-much': 12 } } as const,
      ],
      by: 'window',
      why: 'the count has grown',
    },
  ])('$by: $why', ({ told, by }) => {
    expect(creditOf(attack, told.map(anAlert), []).any?.by).toBe(by);
  });

  it('not by a count that the benign run tells of as well', () => {
    const told = [anAlert({ at: END_OF_FIRST, bits: { 'how-much': 9 } })];

    expect(creditOf(attack, told, [anAlert({ at: END_OF_FIRST, bits: { what: 9 } })]).any).toBeUndefined();
    expect(creditOf(attack, told, [anAlert({ at: TEN, bits: { what: 9 } })]).any).toBeDefined();
  });

  it('by the first alert, with the highest risk of all that say so', () => {
    const told = [
      anAlert({ at: END_OF_FIRST, risk: 9, bits: { 'how-much': 9 } }),
      anAlert({ at: END_OF_SECOND, stage: 'Updated', risk: 12, eventIds: ['a1'], bits: { 'how-much': 9 } }),
      anAlert({ at: END_OF_SECOND + HOUR_MS, stage: 'Updated', risk: 30, eventIds: ['x'] }),
    ];

    const { any, strict } = creditOf(attack, told, []);

    expect(any).toMatchObject({ by: 'window', risk: 12, minutes: 50, events: 2 });
    expect(strict).toMatchObject({ by: 'events', risk: 12, minutes: 110, events: 3 });
  });
});

describe('an episode was told before the attack', () => {
  it.each([
    { told: [{ at: TEN }], before: true, why: 'of its actor' },
    { told: [{ at: TEN, actor: 'carol' }], before: false, why: 'of somebody else' },
    { told: [{ at: END_OF_FIRST }], before: false, why: 'only afterwards' },
    {
      told: [{ at: TEN - HOUR_MS }, { at: TEN, stage: 'Closed' } as const],
      before: false,
      why: 'and closed before it too',
    },
    {
      told: [{ at: TEN - HOUR_MS }, { at: END_OF_FIRST, stage: 'Closed' } as const],
      before: true,
      why: 'and closed while it went on',
    },
  ])('$before: $why', ({ told, before }) => {
    expect(wasToldBefore(attack, told.map(anAlert))).toBe(before);
  });
});
