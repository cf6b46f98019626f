import { parseSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, type EpochIndex, epochOf, epochStart, type NetworkLookup } from '@portcullis/event';
import { type LogSource, replay } from '@portcullis/pipeline';
import type { Loudness, Organization } from '../organization.ts';
import { randomStream } from '../random.ts';
import { logsOfHour, trafficOf } from './organization-traffic.ts';
import { aboveThreeDeviations, firstSeenPeer, type PlainHit } from './plain-rules.ts';
import { interfaceOwners, sitesOf } from './site-hours.ts';
import { TRAFFIC_STORIES, type TrafficStory } from './traffic-attacks.ts';
import type { Site, SiteHour } from './traffic-hour.ts';

export interface TrafficMeasureOptions {
  readonly organization: Organization;
  readonly half: 'tuning' | 'test';
  readonly seed: number;
  readonly network: NetworkLookup;
  readonly learnDays: number;
}

type Found = Readonly<Record<string, { tried: number; alerts: number; evidence: number }>>;

interface RuleFigures {
  /** Alerts, at most one a site and day, per hundred sites and week. */
  readonly per100SitesPerWeek: number;
  readonly found: number;
}

export interface TrafficMeasure {
  readonly sites: Readonly<Record<Site['kind'], number>>;
  readonly lines: number;
  readonly hundredSiteWeeks: number;
  readonly falseAlerts: number;
  readonly falseByKind: Readonly<Record<string, number>>;
  readonly falseEvidence: Readonly<Record<string, number>>;
  readonly tried: number;
  /** By story and loudness. */
  readonly found: Found;
  readonly byLoudness: Found;
  readonly plain: Readonly<Record<'firstSeenPeer' | 'threeDeviations', RuleFigures>>;
}

interface Planned {
  readonly site: Site;
  readonly story: TrafficStory;
  readonly loudness: Loudness;
  readonly from: EpochIndex;
  readonly to: EpochIndex;
}

const LOUDNESS = ['loud', 'medium', 'quiet'] as const;

/** Judges an organization's networks and APIs by their own logs: as they are, then with something befalling every other site. */
export async function measureTraffic(options: TrafficMeasureOptions): Promise<TrafficMeasure> {
  const { organization, seed, learnDays } = options;
  const sites = sitesOf(organization, seed);
  const hours = [...trafficOf(organization, sites, seed)];
  const plans = plannedAttacks(hours, options);
  const benign = await judged(hours, sites, options);
  const attackedHours = befallen(hours, plans, seed);
  const attacked = await judged(attackedHours, sites, options);
  const found: Record<string, { tried: number; alerts: number; evidence: number }> = {};
  const byLoudness: Record<string, { tried: number; alerts: number; evidence: number }> = {};
  for (const plan of plans) {
    const within = ({ last }: { readonly last: number }) =>
      last >= epochStart(plan.from) && last <= epochStart(plan.to) + DAY_MS;
    const told = attacked.alerts.some((one) => one.name === plan.site.name && within(one));
    const seen = attacked.evidence.some((one) => one.name === plan.site.name && within(one));
    for (const count of [tally(found, `${plan.story.id}/${plan.loudness}`), tally(byLoudness, plan.loudness)]) {
      count.tried += 1;
      if (told) count.alerts += 1;
      if (seen || told) count.evidence += 1;
    }
  }
  const judgedBy = epochOf(organization.start + learnDays * DAY_MS);
  const hundredSiteWeeks = (sites.length * (organization.days - learnDays)) / 700;
  const rule = (of: typeof firstSeenPeer): RuleFigures => {
    const days = (hits: readonly PlainHit[]) =>
      new Set(hits.map(({ site, epoch }) => `${site} ${Math.floor(epoch / 24)}`));
    const hits = of(attackedHours, judgedBy);
    return {
      per100SitesPerWeek: days(of(hours, judgedBy)).size / hundredSiteWeeks,
      found: plans.filter(({ site, from, to }) =>
        hits.some((hit) => hit.site === site.name && hit.epoch >= from && hit.epoch < to),
      ).length,
    };
  };
  const falseEvidence: Record<string, number> = {};
  for (const { detector } of benign.evidence) falseEvidence[detector] = (falseEvidence[detector] ?? 0) + 1;
  const kinds = { function: 0, instance: 0, api: 0 };
  for (const { kind } of sites) kinds[kind] += 1;
  const falseByKind: Record<string, number> = {};
  for (const id of new Set(benign.alerts.map((one) => one.id))) {
    const name = benign.alerts.find((one) => one.id === id)?.name;
    const kind = sites.find((site) => site.name === name)?.kind ?? 'other';
    falseByKind[kind] = (falseByKind[kind] ?? 0) + 1;
  }
  return {
    sites: kinds,
    lines: benign.lines,
    hundredSiteWeeks,
    falseAlerts: new Set(benign.alerts.map(({ id }) => id)).size,
    falseByKind,
    falseEvidence,
    tried: plans.length,
    found,
    byLoudness,
    plain: { firstSeenPeer: rule(firstSeenPeer), threeDeviations: rule(aboveThreeDeviations) },
  };
}

function tally(found: Record<string, { tried: number; alerts: number; evidence: number }>, key: string) {
  const count = found[key] ?? { tried: 0, alerts: 0, evidence: 0 };
  found[key] = count;
  return count;
}

/** Every other site, each story and loudness in turn. */
function plannedAttacks(
  hours: readonly SiteHour[],
  { organization, seed, half, learnDays }: TrafficMeasureOptions,
): readonly Planned[] {
  const activeHours = new Map<string, number>();
  const judgedBy = epochOf(organization.start + learnDays * DAY_MS);
  for (const { site, epoch } of hours)
    if (epoch < judgedBy) activeHours.set(site.name, (activeHours.get(site.name) ?? 0) + 1);
  const sites = new Map(hours.map(({ site }) => [site.name, site]));
  const turns = { network: 0, api: 0 };
  return [...sites.values()]
    .filter(({ name }) => (activeHours.get(name) ?? 0) >= MIN_HOURS)
    .filter((_, index) => index % 2 === 0)
    .flatMap((site): Planned[] => {
      const on = site.kind === 'api' ? 'api' : 'network';
      const stories = TRAFFIC_STORIES.filter((story) => story.half === half && story.on === on);
      const turn = turns[on]++;
      const story = stories[turn % stories.length];
      const random = randomStream('traffic-attack', seed, site.name);
      const loudness = LOUDNESS[(Math.floor(turn / stories.length) + turn) % LOUDNESS.length];
      if (story === undefined || loudness === undefined) return [];
      const day = random.int(learnDays + 1, organization.days - 2);
      const from = epochOf(organization.start + day * DAY_MS) + random.int(7, 20);
      return [{ site, story, loudness, from, to: from + story.hours }];
    });
}

/** Hours at work before, below which nothing is known of a site. */
const MIN_HOURS = 48;

function befallen(hours: readonly SiteHour[], plans: readonly Planned[], seed: number): readonly SiteHour[] {
  const added = plans.flatMap(({ site, story, loudness, from, to }) =>
    Array.from({ length: to - from }, (_, hour): SiteHour => {
      const plan = randomStream('traffic-plan', seed, site.name);
      const random = randomStream('traffic-plan', seed, site.name, hour);
      const { flows = [], requests = [] } = story.tell({ site, seed, loudness, plan, random, hour });
      return { site, epoch: from + hour, flows, requests };
    }),
  );
  const extra = new Map(added.map((hour) => [`${hour.site.name} ${hour.epoch}`, hour]));
  const joined = hours.map((hour) => {
    const key = `${hour.site.name} ${hour.epoch}`;
    const more = extra.get(key);
    if (more === undefined) return hour;
    extra.delete(key);
    return { ...hour, flows: [...hour.flows, ...more.flows], requests: [...hour.requests, ...more.requests] };
  });
  return [...joined, ...extra.values()].sort((a, b) => a.epoch - b.epoch || (a.site.name < b.site.name ? -1 : 1));
}

async function judged(
  hours: readonly SiteHour[],
  sites: readonly Site[],
  { organization, network, learnDays }: TrafficMeasureOptions,
) {
  const alertAfter = organization.start + learnDays * DAY_MS;
  const settings = parseSettings({ network: { owners: interfaceOwners(sites) }, detectors: ON }, 'measurement');
  const alerts: { id: string; name: string; last: number }[] = [];
  const evidence: { name: string; detector: string; last: number }[] = [];
  const { unique, state } = await replay(sourceOf(hours), {
    settings,
    network,
    alertAfter,
    onAlert: ({ detail: { data, metadata } }: AnomalyEvent) => {
      alerts.push({ id: metadata.id, name: data.actor.name, last: Date.parse(data.lastSeen) });
      for (const { detector } of data.evidence)
        evidence.push({ name: data.actor.name, detector, last: Date.parse(data.lastSeen) });
    },
    onReject: ({ message }) => {
      throw new Error(`the laboratory writes what cannot be read: ${message}`);
    },
  });
  for (const episode of state.episodes.values()) {
    for (const { detector, last } of episode.evidence)
      if (last >= alertAfter) evidence.push({ name: episode.actor.name, detector, last });
  }
  return { lines: unique, alerts, evidence };
}

/** Counted whatever the defaults are. */
const ON = {
  'new-peer': 'alert',
  'egress-volume': 'alert',
  'internal-fan-out': 'alert',
  'rejected-flows': 'alert',
  beaconing: 'alert',
  'unauthenticated-route': 'alert',
  'credential-misuse': 'alert',
  'new-caller': 'alert',
  'path-enumeration': 'alert',
  'status-mix': 'alert',
} as const;

async function* sourceOf(hours: readonly SiteHour[]): LogSource {
  const byEpoch = Map.groupBy(hours, ({ epoch }) => epoch);
  const epochs = [...byEpoch.keys()].sort((a, b) => a - b);
  for (const [index, epoch] of epochs.entries()) {
    const next = epochs[index + 1];
    const texts = logsOfHour(byEpoch.get(epoch) ?? []);
    for (const [at, { text }] of texts.entries()) {
      const laterStartsAt =
        at + 1 < texts.length ? epochStart(epoch) : next === undefined ? undefined : epochStart(next);
      yield { name: 'traffic', bytes: Buffer.from(text), precedingLines: 0, laterStartsAt };
    }
  }
}
