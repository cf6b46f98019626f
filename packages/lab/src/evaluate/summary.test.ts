import { describe, expect, it } from 'vitest';
import type { FalseAlert } from './false-alert.ts';
import type { AttackResult, OrganizationFigures, PlayedAttack } from './figures.ts';
import { summarize } from './summary.ts';

const falseAlert: FalseAlert = {
  episode: 'e',
  actor: 'amara',
  group: 'person',
  at: 0,
  title: 'Amara did something',
  severity: 'LOW',
  risk: 9,
  expectedPerWeek: 0.5,
  evidence: [],
  goingOn: [],
};

function played(id: string, story: string, manner: 'loud' | 'quiet'): PlayedAttack {
  return { id, story, manner, victim: 'v', group: 'function', from: 0, to: 1, events: 3, best: undefined };
}

function result(id: string, found: AttackResult['found'], minutes = 30): AttackResult {
  if (found === 'missed') return { id, found, strict: false, overlapped: false };
  return { id, found, strict: found === 'events', overlapped: true, risk: 12, minutes, eventsUntil: 2, rank: 1 };
}

const figures: OrganizationFigures = {
  seed: 1,
  members: 100,
  records: 1000,
  exposure: {
    weeks: 2,
    hundredActorWeeks: 2,
    byGroup: { person: 0.5, function: 1.5 },
    hundredBaselineWeeks: 4,
  },
  runs: 1,
  attacks: [played('a', 'keys', 'loud'), played('b', 'keys', 'quiet'), played('c', 'trail', 'quiet')],
  twins: [played('t', 'keys', 'loud')],
  unplaced: ['keys loud'],
  budgets: [
    {
      budget: 3,
      falseAlerts: [falseAlert, falseAlert, falseAlert],
      attacks: [result('a', 'events', 20), result('b', 'window', 90), result('c', 'missed')],
      twins: [result('t', 'missed')],
      toldAmongAttacks: { episodes: 5, true: 2 },
      collateral: ['x'],
    },
  ],
  rankings: [
    { method: 'portcullis', benign: [12, 9, 8, 5], attacks: { a: 20, b: 10, c: 6 } },
    { method: 'first-seen-action', benign: [1, 1, 2], attacks: { a: 3, b: 1, c: 0 } },
  ],
  ablations: [{ detector: 'new-action', budget: 3, falseAlerts: 1, found: ['b'] }],
  claims: [0.5, 0.05, 4, 20],
};

describe('one organization', () => {
  const summary = summarize([figures]);
  const [budget] = summary.budgets;

  it('says what was found, by loudness and story, and what by event ids alone', () => {
    expect(budget?.all).toMatchObject({ found: 2, tried: 3 });
    expect(budget?.byManner).toMatchObject({ loud: { found: 1, tried: 1 }, quiet: { found: 1, tried: 2 } });
    expect(budget?.byStory.keys).toMatchObject({ all: { found: 2, tried: 2 }, quiet: { found: 1, tried: 1 } });
    expect(budget?.byStory.trail?.all).toMatchObject({ found: 0, tried: 1 });
    expect(budget?.strict).toMatchObject({ found: 1, tried: 3 });
  });

  it('says how often it cried wolf, per actor as people and as the product count them', () => {
    expect(budget?.falseAlerts).toMatchObject({ count: 3, perWeek: 1.5 });
    expect(budget?.falseAlertsPerBaselines.perWeek).toBe(0.75);
    expect(budget?.falseAlertsByGroup).toMatchObject({ person: { perWeek: 6 }, function: { count: 0, perWeek: 0 } });
  });

  it('says what the alerts are like', () => {
    expect(budget).toMatchObject({
      precision: { found: 2, tried: 5 },
      overlapped: { found: 2, tried: 3 },
      collateral: 1,
      twins: { found: 0, tried: 1 },
      minutes: { median: 90 },
      onTop: { found: 2, tried: 2 },
    });
  });

  it('compares rules at equal recall and equal false alerts', () => {
    const rule = summary.rules.find(({ id }) => id === 'first-seen-action');

    expect(rule).toMatchObject({
      all: { found: 2, tried: 3 },
      falseAlerts: { count: 3 },
      oursAtItsRecall: { count: 1 }, // down to 10
      oursAtItsFalseAlerts: { found: 3 }, // 12, 9 and 8 are told, 5 is not
      atOurFalseAlerts: [{ budget: 3, recall: { found: 2 } }],
    });
  });

  it('says what is lost without a detector', () => {
    expect(summary.ablations).toMatchObject([
      {
        detector: 'new-action',
        falseAlertsChange: -2,
        all: { found: 1 },
        recallChange: expect.closeTo(-1 / 3, 9),
        recallChangeByManner: { loud: -1, quiet: 0 },
      },
    ]);
  });

  it('counts claims up to the rarest that was told', () => {
    expect(summary.calibration).toMatchObject([
      { claimedPerWeek: 0.01, expected: 0.02, observed: 0 },
      { claimedPerWeek: 0.03, observed: 0 },
      { claimedPerWeek: 0.1, expected: 0.2, observed: 1 },
      { claimedPerWeek: 0.3, observed: 1 },
      { claimedPerWeek: 1, expected: 2, observed: 2 },
      { claimedPerWeek: 3, observed: 2 },
      { claimedPerWeek: 10, expected: 20, observed: 3 },
    ]);
  });
});

it('pools organizations', () => {
  const other = {
    ...figures,
    seed: 2,
    attacks: figures.attacks.map((attack) => ({ ...attack, id: `2${attack.id}` })),
    budgets: figures.budgets.map((one) => ({
      ...one,
      attacks: one.attacks.map((attack) => ({ ...attack, id: `2${attack.id}` })),
    })),
  };

  expect(summarize([figures, other])).toMatchObject({
    organizations: 2,
    attacks: 6,
    hundredActorWeeks: 4,
    hundredActorWeeksByGroup: { person: 1, function: 3 },
    unplaced: 2,
    budgets: [{ all: { found: 4, tried: 6 }, falseAlerts: { count: 6, perWeek: 1.5 } }],
  });
});
