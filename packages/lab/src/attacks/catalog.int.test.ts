import { readFileSync } from 'node:fs';
import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { createIngest, openNetworkTable } from '@portcullis/ingest';
import { networkTableUrl } from '@portcullis/ingest/network-table';
import { describe, expect, it } from 'vitest';
import type { Loudness, Member, Story, StorySetting } from '../organization.ts';
import { randomStream } from '../random.ts';
import type { SimulatedRecord } from '../world.ts';
import { STORIES } from './catalog.ts';
import { STORY_DAYS, workingHours } from './pace.ts';
import { handMadeOrganization, WORLD_START } from './testing/hand-made-organization.ts';

const LOUDNESS: readonly Loudness[] = ['quiet', 'medium', 'loud'];
const SEEDS = [1, 2, 3];
const organization = handMadeOrganization();
const lookUp = openNetworkTable(readFileSync(networkTableUrl));
const ingest = createIngest({ network: lookUp });

/** A Tuesday at noon, in everybody's fifth week. */
const AT = WORLD_START + 29 * DAY_MS + 12 * HOUR_MS;

function setting(story: Story, victim: Member, loudness: Loudness, seed: number): StorySetting {
  const random = randomStream('test', story.id, victim.id, loudness, seed);
  return { organization, victim, at: AT, loudness, random };
}

/** Tellings of the latest story; each is looked at from several sides. */
const told = new Map<string, readonly SimulatedRecord[]>();
let latest: Story | undefined;

function tell(story: Story, victim: Member, loudness: Loudness, seed = 1): readonly SimulatedRecord[] {
  if (story !== latest) told.clear();
  latest = story;
  const key = `${victim.id} ${victim.callsPerActiveDay} ${loudness} ${seed}`;
  const known = told.get(key) ?? tellAnew(story, victim, loudness, seed);
  told.set(key, known);
  return known;
}

function tellAnew(story: Story, victim: Member, loudness: Loudness, seed = 1): readonly SimulatedRecord[] {
  return story.tell(setting(story, victim, loudness, seed));
}

function victimsOf(story: Story): Member[] {
  return organization.members.filter((member) => story.fits(member, organization));
}

/** Done with the victim's own credentials, not with others that it led to. */
const by =
  (victim: Member) =>
  ({ record }: SimulatedRecord) => {
    const arn = String(record.userIdentity.arn);
    return arn.includes(victim.principalName) && !arn.includes('federated-user');
  };

const actionOf = ({ record }: SimulatedRecord) => `${record.eventSource}:${record.eventName}`;

const usual = new Map<Member, ReadonlySet<string>>();

/** What the victim does of its own accord. */
function usualActions(victim: Member): ReadonlySet<string> {
  const known = usual.get(victim) ?? drawnActions(victim);
  usual.set(victim, known);
  return known;
}

function drawnActions(victim: Member): ReadonlySet<string> {
  const random = randomStream('usual', victim.id);
  const names = Array.from({ length: 300 }, () => random.weighted(victim.habits).make(random));
  return new Set(names.map(({ service, name }) => `${service}.amazonaws.com:${name}`));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How far tellings stand out: actions new to the victim, their share, calls in the busiest hour. */
function standing(story: Story, victim: Member, loudness: Loudness) {
  const usual = usualActions(victim);
  const tellings = SEEDS.map((seed) => tell(story, victim, loudness, seed));
  const own = tellings.map((records) => records.filter(by(victim)));
  const unusual = (records: readonly SimulatedRecord[]) => records.filter((one) => !usual.has(actionOf(one)));
  return {
    newActions: mean(own.map((records) => new Set(unusual(records).map(actionOf)).size)),
    newShare: mean(own.map((records) => unusual(records).length / Math.max(1, records.length))),
    busiestHour: mean(tellings.map(busiestHour)),
  };
}

function busiestHour(records: readonly SimulatedRecord[]): number {
  const perHour = new Map<number, number>();
  for (const { time } of records) {
    const hour = Math.floor(time / HOUR_MS);
    perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
  }
  return Math.max(...perHour.values());
}

describe.each(STORIES.map((story) => [story.id, story] as const))('%s', (_, story) => {
  const victims = victimsOf(story);

  it('fits somebody and names its sources', () => {
    expect(victims.length).toBeGreaterThan(0);
    expect(story.sources.length).toBeGreaterThanOrEqual(2);
    for (const source of story.sources) expect(source).toMatch(/https:\/\/\S+$/);
    expect(story.sources.some((source) => source.includes('attack.mitre.org'))).toBe(true);
  });

  it.each(LOUDNESS)('is told in labelled, readable records after its beginning (%s)', (loudness) => {
    for (const victim of victims) {
      const records = tell(story, victim, loudness);
      const result = ingest.container(Buffer.from(JSON.stringify({ Records: records.map(({ record }) => record) })));

      expect(records.length).toBeGreaterThan(0);
      expect([result.rejected, [...result.skipped]]).toEqual([[], []]);
      expect(result.events).toHaveLength(records.length);
      for (const { time, label } of records) {
        expect(time).toBeGreaterThanOrEqual(AT);
        expect(label?.story).toBe(story.id);
        expect(label?.step).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(label?.technique).toMatch(/^T1\d{3}(\.00\d)?$/);
      }
    }
  });

  it('is the same when told again, and another with other chance', () => {
    const [victim] = victims;
    if (victim === undefined) throw new Error('fits nobody');

    expect(tellAnew(story, victim, 'medium')).toEqual(tell(story, victim, 'medium'));
    expect(tell(story, victim, 'medium', 2)).not.toEqual(tell(story, victim, 'medium'));
  });

  it('stands out more the louder it is', () => {
    for (const victim of victims) {
      const [quiet, medium, loud] = LOUDNESS.map((loudness) => standing(story, victim, loudness));
      if (!quiet || !medium || !loud) throw new Error('three degrees');

      expect(loud.busiestHour, `${victim.id}: calls in an hour`).toBeGreaterThan(medium.busiestHour);
      expect(medium.busiestHour, `${victim.id}: calls in an hour`).toBeGreaterThanOrEqual(quiet.busiestHour);
      expect(loud.newActions, `${victim.id}: new actions`).toBeGreaterThanOrEqual(medium.newActions);
      expect(medium.newActions, `${victim.id}: new actions`).toBeGreaterThanOrEqual(quiet.newActions);
      expect(quiet.newShare, `${victim.id}: share of new actions`).toBeLessThanOrEqual(0.6);
    }
  });

  it('stays, when quiet, inside the victim’s hours and below its rate', () => {
    for (const victim of victims) {
      const hours = workingHours(victim, organization.start);
      const hourly = victim.callsPerActiveDay / Math.max(1, victim.hours[1] - victim.hours[0]);
      for (const seed of SLOW.has(story.id) ? [1] : SEEDS) {
        const records = tell(story, victim, 'quiet', seed);
        expect(records.filter(({ time }) => !hours.holds(time))).toEqual([]);
        expect(busiestHour(records)).toBeLessThanOrEqual(
          SLOW.has(story.id) ? Math.max(10, 3 * hourly) : Math.max(6, 1.3 * hourly),
        );
      }
    }
  });

  it('ends within the time that is kept free for it', () => {
    for (const victim of victims.flatMap((one) => [one, { ...one, callsPerActiveDay: 3 }])) {
      for (const loudness of LOUDNESS) {
        const last = Math.max(...tell(story, victim, loudness).map(({ time }) => time));
        const days = SLOW.has(story.id) ? 25 : STORY_DAYS;
        expect((last - AT) / DAY_MS, `${victim.id} ${loudness}`).toBeLessThan(days);
      }
    }
  });

  it('has a look-alike without labels, if it has one', () => {
    for (const victim of victims) {
      const twin = story.twin?.(setting(story, victim, 'medium', 1)) ?? [];
      expect(twin.filter(({ label }) => label !== undefined)).toEqual([]);
      if (story.twin) expect(twin.length).toBeGreaterThan(0);
    }
  });
});

describe('the catalog', () => {
  const halves = (['tuning', 'test'] as const).map((half) => STORIES.filter((story) => story.half === half));

  it('has stories of their own names', () => {
    expect(new Set(STORIES.map(({ id }) => id)).size).toBe(STORIES.length);
    expect(new Set(STORIES.map(({ title }) => title)).size).toBe(STORIES.length);
  });

  it('is split into halves of like size, kinds of victims and techniques', () => {
    for (const half of halves) {
      expect(half.length).toBeGreaterThanOrEqual(STORIES.length * 0.4);
      for (const kind of KINDS) expect(half.filter((story) => fitsKind(story, kind)).length, kind).toBeGreaterThan(5);
      const tactics = new Set(half.flatMap((story) => techniquesOf(story)).map((id) => TACTICS[id]));
      expect([...tactics].sort()).toEqual([...new Set(Object.values(TACTICS))].sort());
    }
  });

  it('uses techniques of the table only', () => {
    const used = new Set(STORIES.flatMap(techniquesOf));

    expect([...used].filter((id) => TACTICS[id] === undefined)).toEqual([]);
  });
});

/** Sorts that have stories in plenty; scanners and services have a few. */
const KINDS = ['person', 'function', 'pipeline', 'infrastructure', 'instance', 'scheduled-user'] as const;

function fitsKind(story: Story, kind: Member['kind']): boolean {
  return organization.members.some((member) => member.kind === kind && story.fits(member, organization));
}

const techniques = new Map<Story, readonly string[]>();

function techniquesOf(story: Story): readonly string[] {
  const known = techniques.get(story) ?? techniquesTold(story);
  techniques.set(story, known);
  return known;
}

function techniquesTold(story: Story): readonly string[] {
  const records = victimsOf(story).flatMap((victim) => LOUDNESS.flatMap((loudness) => tell(story, victim, loudness)));
  return [...new Set(records.map(({ label }) => label?.technique ?? ''))];
}

/** Techniques of ATT&CK v19.1 that stories use, by one of their tactics. */
const TACTICS: Readonly<Record<string, string>> = {
  'T1078.004': 'initial access',
  T1190: 'initial access',
  T1199: 'initial access',
  'T1195.001': 'initial access',
  'T1195.002': 'initial access',
  T1609: 'execution',
  T1610: 'execution',
  T1648: 'execution',
  T1651: 'execution',
  T1098: 'persistence',
  'T1098.001': 'persistence',
  'T1098.003': 'persistence',
  'T1136.003': 'persistence',
  T1525: 'persistence',
  T1546: 'persistence',
  'T1556.006': 'persistence',
  'T1484.002': 'privilege escalation',
  'T1550.001': 'lateral movement',
  'T1021.007': 'lateral movement',
  'T1578.001': 'defense impairment',
  'T1578.002': 'defense impairment',
  'T1578.005': 'defense impairment',
  T1685: 'defense impairment',
  'T1685.002': 'defense impairment',
  T1552: 'credential access',
  'T1552.001': 'credential access',
  'T1552.005': 'credential access',
  'T1555.006': 'credential access',
  'T1087.004': 'discovery',
  T1526: 'discovery',
  T1538: 'discovery',
  T1580: 'discovery',
  T1613: 'discovery',
  T1619: 'discovery',
  T1119: 'collection',
  T1530: 'collection',
  'T1213.006': 'collection',
  T1029: 'exfiltration',
  T1030: 'exfiltration',
  T1537: 'exfiltration',
  T1485: 'impact',
  'T1485.001': 'impact',
  T1486: 'impact',
  T1490: 'impact',
  'T1496.001': 'impact',
  'T1496.004': 'impact',
  T1531: 'impact',
  'T1565.001': 'impact',
  T1657: 'impact',
};

/** Stories that grow over weeks. */
const SLOW = new Set(['work-grown-slowly', 'reach-grown-slowly']);
