import { defaultSettings, parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, epochOf } from '@portcullis/event';
import { encodeState } from '@portcullis/pipeline';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../random.ts';
import { labNetworks } from '../record/network-owners.ts';
import { simulate } from '../simulate.ts';
import { planAttacks } from './attack-plan.ts';
import { evaluateOrganization, type OrganizationOptions } from './evaluate-organization.ts';
import { hoursOfLogs } from './hours-of-logs.ts';
import { judge } from './judge.ts';
import { runLane } from './lane.ts';
import { learn } from './learn.ts';
import { AS_GIVEN, withBudget } from './settings-variants.ts';
import { noisyStory, silentStory, smallOrganization } from './testing/small-organization.ts';

const DAYS = { learnDays: 7, judgeDays: 7 };
const organization = smallOrganization({ days: 14, oddDays: [10] });
const from = organization.start + 7 * DAY_MS;
const network = labNetworks();
const ground = { organization, stories: [noisyStory, silentStory], network };
const options: OrganizationOptions = {
  seed: 1,
  ...DAYS,
  budgets: [1, 10],
  loudness: ['loud', 'quiet'],
  perLoudness: 4,
  perRun: 3,
  offset: 0,
  declared: false,
  settings: defaultSettings,
};

/** A saved baseline keeps the text of the most usual values only, so what is usual may be said with another one. */
function withoutUsual({ detail, ...alert }: AnomalyEvent) {
  const evidence = detail.data.evidence.map(({ usual: _, ...rest }) => rest);
  return { ...alert, detail: { ...detail, data: { ...detail.data, evidence } } };
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

describe('judged runs start from what was learned once', () => {
  const hours = [...hoursOfLogs(simulate(organization, 1))];
  const silent = hours.filter(({ epoch }) => epoch < epochOf(from));
  const judged = hours.filter(({ epoch }) => epoch >= epochOf(from));
  const settings = withBudget(defaultSettings, 10);
  const records = noisyStory.tell({
    organization,
    victim: organization.members[4] ?? expect.fail('no such member'),
    at: from + 2 * DAY_MS,
    loudness: 'loud',
    random: randomStream(1, 'attack'),
  });
  const run = { id: 'attacked', attacks: [{ records, events: [] }] };

  it('and tell the same as one run over everything', async () => {
    const learned = await learn(silent.values(), {
      variants: new Map([[AS_GIVEN, defaultSettings]]),
      network,
      alertAfter: from,
    });
    const resumed = await judge(judged.values(), {
      learned,
      lanes: [{ run, variant: AS_GIVEN, settings }],
      network,
      alertAfter: from,
      decisions: [],
    });
    const extra = [...hoursOfLogs(records)];
    const straight = await runLane(each(hours), { settings, network, alertAfter: from, extra });

    expect(straight.told.length).toBeGreaterThanOrEqual(2);
    expect(resumed.told[0]?.map(withoutUsual)).toEqual(straight.told.map(withoutUsual));
  });

  it('whatever the budget, for it changes nothing of what is learned in silence', async () => {
    const states = await Promise.all(
      [1, 10, 100].map(async (budget) => {
        const lane = { settings: withBudget(defaultSettings, budget), network, alertAfter: from };
        return encodeState((await runLane(each(silent), lane)).state);
      }),
    );

    expect(new Set(states.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(1);
  });
});

describe('evaluateOrganization', async () => {
  const figures = await evaluateOrganization(ground, options);
  const [tight, loose] = figures.budgets;

  it('plays as many attacks as it was asked to, in runs of their own', () => {
    expect(figures.attacks.map(({ manner }) => manner).toSorted()).toEqual([
      ...Array(4).fill('loud'),
      ...Array(4).fill('quiet'),
    ]);
    expect(figures.runs).toBe(3);
    expect(figures.unplaced).toEqual([]);
    expect(new Set(figures.attacks.map(({ id }) => id)).size).toBe(8);
  });

  it('finds what makes noise and misses what does not', () => {
    const found = loose?.attacks.filter(({ found }) => found !== 'missed').map(({ id }) => id) ?? [];
    const story = (id: string) => figures.attacks.find((attack) => attack.id === id)?.story;

    expect(found.map(story)).toEqual(Array(found.length).fill('noisy'));
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(loose?.attacks.filter(({ found }) => found === 'missed').every(({ risk }) => risk === undefined)).toBe(true);
  });

  it('counts the odd day as a false alert, and says what was going on', () => {
    expect(loose?.falseAlerts).toHaveLength(1);
    expect(loose?.falseAlerts[0]).toMatchObject({
      actor: 'role-0',
      group: 'person',
      goingOn: ['odd-day', 'planned CHG-1'],
    });
    expect(tight?.falseAlerts.length).toBeLessThanOrEqual(1);
  });

  it('has seen every actor each week, by the group of its member', () => {
    expect(figures.exposure).toMatchObject({
      weeks: 1,
      hundredActorWeeks: expect.closeTo(0.12, 9),
      hundredBaselineWeeks: expect.closeTo(0.12, 9),
    });
    expect(figures.exposure.byGroup).toEqual({
      person: expect.closeTo(0.04, 9),
      function: expect.closeTo(0.03, 9),
      periodic: expect.closeTo(0.01, 9),
      pipeline: expect.closeTo(0.04, 9),
    });
  });

  it('ranks with every method', () => {
    expect(figures.rankings.map(({ method }) => method)).toEqual([
      'portcullis',
      'first-seen-action',
      'hourly-volume',
      'new-or-much',
      'rare-action',
    ]);
    for (const { attacks } of figures.rankings) expect(Object.keys(attacks)).toHaveLength(8);
    const firstSeen = figures.rankings[1];
    for (const { id, story } of figures.attacks) {
      expect((firstSeen?.attacks[id] ?? 0) > 0, id).toBe(story === 'noisy');
    }
    expect(firstSeen?.benign.length).toBeGreaterThanOrEqual(1);
  });

  it('tries the look-alikes too', () => {
    expect(figures.twins.map(({ story }) => story)).toContain('noisy');
    expect(loose?.twins).toHaveLength(figures.twins.length);
  });

  it('adds up', () => {
    for (const { attacks, toldAmongAttacks, collateral } of figures.budgets) {
      expect(attacks).toHaveLength(8);
      expect(toldAmongAttacks.true).toBeLessThanOrEqual(toldAmongAttacks.episodes);
      expect(collateral).toEqual([]);
    }
  });

  it('is the same again, and tells of its progress', async () => {
    const shares: number[] = [];
    const again = await evaluateOrganization({ ...ground, onProgress: (share) => shares.push(share) }, options);

    expect(again).toEqual(figures);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('without any detector finds nothing and cries no wolf', async () => {
    const off = Object.fromEntries(Object.keys(defaultSettings.detectors).map((detector) => [detector, 'off']));
    const settings = parseSettings({ detectors: off }, 'test');

    const blind = await evaluateOrganization(ground, { ...options, settings });

    expect(blind.budgets.flatMap(({ falseAlerts }) => falseAlerts)).toEqual([]);
    expect(blind.budgets.flatMap(({ attacks }) => attacks).every(({ found }) => found === 'missed')).toBe(true);
  });
});

it('says what each detector that counts adds', async () => {
  const detectors = Object.fromEntries(Object.keys(defaultSettings.detectors).map((detector) => [detector, 'off']));
  const settings = parseSettings({ detectors: { ...detectors, 'new-action': 'alert', 'call-rate': 'alert' } }, 'test');

  const { ablations, budgets } = await evaluateOrganization(ground, {
    ...options,
    budgets: [1, 50],
    settings,
    ablationBudget: 50,
  });

  const found = budgets[1]?.attacks.filter((attack) => attack.found !== 'missed').map(({ id }) => id);
  expect(found?.length).toBeGreaterThan(0);
  expect(ablations).toMatchObject([
    { detector: 'new-action', budget: 50, found: [] },
    { detector: 'call-rate', budget: 50, found },
  ]);
});

describe('planAttacks', () => {
  const plan = planAttacks({
    organization,
    stories: [noisyStory, silentStory],
    loudness: ['loud', 'medium', 'quiet'],
    perLoudness: 10,
    perRun: 5,
    from,
    to: from + 7 * DAY_MS,
    seed: 3,
    offset: 0,
    ingest: () => [],
  });
  const all = plan.runs.flat();

  it('lets stories, loudness and kinds of victim take turns', () => {
    const counts = (key: (attack: (typeof all)[number]) => string) =>
      Object.values(Object.groupBy(all, key)).map((group) => group?.length ?? 0);

    expect(counts(({ story }) => story)).toEqual([15, 15]);
    expect(counts(({ manner }) => manner)).toEqual([10, 10, 10]);
    const noisy = Object.groupBy(
      all.filter(({ story }) => story === 'noisy'),
      ({ victim }) => victim.group,
    );
    expect(Object.values(noisy).reduce((sum, group) => sum + (group?.length ?? 0), 0)).toBe(15);
    expect(noisy.person).toHaveLength(5);
    expect(noisy.pipeline).toHaveLength(5);
  });

  it('never attacks one victim twice in a run', () => {
    for (const run of plan.runs) expect(new Set(run.map(({ victim }) => victim.id)).size).toBe(run.length);
  });

  it('keeps within the judged days, and spreads over them', () => {
    const times = all.flatMap(({ records }) => records.map(({ time }) => time));
    const days = new Set(times.map((time) => Math.floor((time - from) / DAY_MS)));

    expect(Math.min(...times)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...times)).toBeLessThan(from + 7 * DAY_MS);
    expect(days.size).toBe(7);
  });

  it('says for whom it found no place', () => {
    const nobody = { ...noisyStory, id: 'nobody', fits: () => false };
    const longer = {
      ...noisyStory,
      id: 'longer',
      tell: (setting: Parameters<typeof noisyStory.tell>[0]) =>
        noisyStory
          .tell(setting)
          .map((simulated, index) => ({ ...simulated, time: simulated.time + index * 9 * DAY_MS })),
    };
    const { runs, unplaced } = planAttacks({
      organization,
      stories: [nobody, longer],
      loudness: ['loud'],
      perLoudness: 2,
      perRun: 5,
      from,
      to: from + 7 * DAY_MS,
      seed: 3,
      offset: 0,
      ingest: () => [],
    });

    expect(runs).toEqual([]);
    expect(unplaced).toEqual(['nobody loud', 'longer loud']);
  });
});
