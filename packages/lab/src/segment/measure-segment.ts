import { DAY_MS, type FlowEvent, type NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import {
  createFlowCollector,
  DEFAULT_SEGMENT,
  permissionsOf,
  type Rule,
  readNetworkExport,
  rulesAfter,
  type SegmentSettings,
  segment,
} from '@portcullis/review';
import type { Organization } from '../organization.ts';
import { type Random, randomStream } from '../random.ts';
import { NETWORK_BLOCKS } from '../record/network-blocks.ts';
import { addressIn } from '../record/networks.ts';
import { logsOfHour, trafficOf } from '../traffic/organization-traffic.ts';
import { sitesOf } from '../traffic/site-hours.ts';
import { allowsTcp } from './plain-match.ts';
import { type Store, wideNetworkOf } from './security-groups.ts';

export interface SegmentMeasureOptions {
  readonly organization: Organization;
  readonly seed: number;
  readonly network: NetworkLookup;
  /** Days that are reviewed; the others come after. */
  readonly reviewDays: number;
  readonly settings?: SegmentSettings;
}

interface Share {
  readonly of: number;
  readonly taken: number;
}

export interface SegmentMeasure {
  readonly groups: number;
  readonly proposed: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly rules: { readonly before: number; readonly after: number; readonly byReference: number };
  readonly exposureRemoved: number;
  /** Openings drawn at random that nobody used on any day, before or after; `taken` are shut by the proposal. */
  readonly unusedOpenings: Readonly<Record<'otherPort' | 'usedPort', Share>>;
  readonly observed: { readonly flows: number; readonly broken: number };
  readonly later: {
    readonly flows: number;
    readonly blocked: number;
    readonly groups: number;
    readonly groupsHit: number;
  };
}

/** Openings asked of each group. */
const PROBES = 400;
const PORTS = [22, 25, 53, 80, 443, 445, 1433, 3306, 3389, 5432, 6379, 8080, 9200, 27_017];

/** Reviews groups that are too wide in known ways, and looks at what the proposals shut, break and would have blocked later. */
export async function measureSegment(options: SegmentMeasureOptions): Promise<SegmentMeasure> {
  const { organization, seed, reviewDays } = options;
  const sites = sitesOf(organization, seed);
  const { documents, stores } = wideNetworkOf(sites, seed);
  const exported = readNetworkExport(documents);
  const collector = createFlowCollector(exported.interfaces);
  const until = organization.start + reviewDays * DAY_MS;
  /** Conversations by `before` and what they are, with how many flows. */
  const asked = new Map<string, { readonly before: boolean; flows: number } & Asked>();
  const own = new Map(exported.interfaces.map(({ id, groups }) => [id, groups[0] ?? '']));
  const addressOf = new Map([...sites, ...stores].map(({ interfaceId, address }) => [interfaceId, address]));
  for (const flow of flowsOf(options, stores)) {
    const before = flow.time < until;
    if (before) collector.observe(flow);
    const one = askedBy(flow, addressOf.get(flow.interfaceId), own.get(flow.interfaceId));
    if (one === undefined) continue;
    const key = `${before} ${keyOf(one)}`;
    const known = asked.get(key) ?? { ...one, before, flows: 0 };
    known.flows += 1;
    asked.set(key, known);
  }
  const { groups } = segment(exported, collector.record(), options.settings ?? DEFAULT_SEGMENT);
  const holder = new Map(
    exported.interfaces.flatMap(({ id, groups: [group] }) => [[addressOf.get(id) ?? '', group] as const]),
  );
  const matcher = (rules: readonly Rule[]) => {
    const written = {
      ingress: permissionsOf(rules.filter(({ direction }) => direction === 'ingress')) as readonly object[],
      egress: permissionsOf(rules.filter(({ direction }) => direction === 'egress')) as readonly object[],
    };
    return ({ direction, port, peer }: Asked) =>
      allowsTcp(written[direction], port, peer, (address) => holder.get(address));
  };
  const rulings = new Map(
    groups.map((one) => [
      one.group.id,
      { now: matcher(one.group.rules), proposed: matcher(rulesAfter(one)), review: one },
    ]),
  );
  const used = new Set([...asked.values()].map(keyOf));
  const usedPorts = new Set([...asked.values()].map(({ group, direction, port }) => `${group} ${direction} ${port}`));
  const openings = { otherPort: { of: 0, taken: 0 }, usedPort: { of: 0, taken: 0 } };
  const proposed = groups.filter(({ kind }) => kind === 'proposed' || kind === 'tight');
  for (const { group } of proposed) {
    const ruling = rulings.get(group.id);
    const random = randomStream('probe', seed, group.id);
    for (let probe = 0; probe < PROBES; probe++) {
      const one = probeOf(group.id, random);
      if (ruling === undefined || used.has(keyOf(one)) || !ruling.now(one)) continue;
      const share = openings[usedPorts.has(`${one.group} ${one.direction} ${one.port}`) ? 'usedPort' : 'otherPort'];
      share.of += 1;
      if (!ruling.proposed(one)) share.taken += 1;
    }
  }
  const observed = { flows: 0, broken: 0 };
  const later = { flows: 0, blocked: 0, groups: 0, groupsHit: 0 };
  const [active, hit] = [new Set<string>(), new Set<string>()];
  for (const one of asked.values()) {
    const ruling = rulings.get(one.group);
    if (ruling === undefined || ruling.review.kind === 'refused' || !ruling.now(one)) continue;
    const open = ruling.proposed(one);
    if (one.before) {
      observed.flows += one.flows;
      if (!open) observed.broken += one.flows;
      continue;
    }
    active.add(one.group);
    later.flows += one.flows;
    if (!open) {
      later.blocked += one.flows;
      hit.add(one.group);
    }
  }
  const refused: Record<string, number> = {};
  for (const one of groups) if (one.kind === 'refused') refused[one.reason] = (refused[one.reason] ?? 0) + 1;
  const after = proposed.flatMap(rulesAfter);
  const sum = (of: 'exposureBefore' | 'exposureRemoved') =>
    groups.reduce((total, one) => total + (one.kind === 'refused' ? 0 : one[of]), 0);
  return {
    groups: groups.length,
    proposed: groups.filter(({ kind }) => kind === 'proposed').length,
    refused,
    rules: {
      before: proposed.reduce((total, { group }) => total + group.rules.length, 0),
      after: after.length,
      byReference: after.filter(({ peer }) => peer.kind === 'group').length,
    },
    exposureRemoved: sum('exposureRemoved') / Math.max(1, sum('exposureBefore')),
    unusedOpenings: openings,
    observed,
    later: { ...later, groups: active.size, groupsHit: hit.size },
  };
}

interface Asked {
  readonly group: string;
  readonly direction: 'ingress' | 'egress';
  readonly port: number;
  readonly peer: string;
}

function keyOf({ group, direction, port, peer }: Asked): string {
  return `${group} ${direction} ${port} ${peer}`;
}

/** Flow logs of all sites, and of the stores that they connect to, as their own interfaces see it. */
function* flowsOf(
  { organization, seed, network }: SegmentMeasureOptions,
  stores: readonly Store[],
): Generator<FlowEvent> {
  const ingest = createIngest({ network });
  const byAddress = new Map(stores.map((store) => [store.address, store]));
  for (const hour of trafficOf(organization, sitesOf(organization, seed), seed)) {
    for (const { name, text } of logsOfHour([hour])) {
      if (!name.endsWith('vpcflowlogs')) continue;
      for (const flow of ingest.container(Buffer.from(text)).flowEvents) {
        yield flow;
        const store = byAddress.get(flow.to.address) ?? byAddress.get(flow.from.address);
        if (store === undefined || !flow.accepted) continue;
        const direction = flow.direction && (flow.direction === 'egress' ? 'ingress' : 'egress');
        yield { ...flow, interfaceId: store.interfaceId, direction, instanceId: undefined };
      }
    }
  }
}

/** What an accepted flow of TCP asks of its group; the worlds' clients have ports from 32768, their servers none. */
function askedBy(flow: FlowEvent, address: string | undefined, group: string | undefined): Asked | undefined {
  if (!flow.accepted || flow.protocol !== 6 || address === undefined || group === undefined) return undefined;
  const [mine, theirs] = flow.from.address === address ? [flow.from, flow.to] : [flow.to, flow.from];
  const served = mine.port < 32_768;
  return {
    group,
    direction: served ? 'ingress' : 'egress',
    port: served ? mine.port : theirs.port,
    peer: theirs.address,
  };
}

function probeOf(group: string, random: Random): Asked {
  return {
    group,
    direction: random.chance(0.5) ? 'ingress' : 'egress',
    port: random.chance(0.8) ? random.pick(PORTS) : random.int(1, 65_535),
    peer: random.chance(0.5)
      ? `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`
      : addressIn(random.pick(NETWORK_BLOCKS), random),
  };
}
