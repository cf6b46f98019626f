import { type EpochIndex, epochOf } from '@portcullis/event';
import type { FunctionHour } from '../functions/function-logs.ts';
import type { Member, Organization } from '../organization.ts';
import { type Random, randomStream } from '../random.ts';
import { NETWORK_BLOCKS } from '../record/network-blocks.ts';
import { addressIn } from '../record/networks.ts';
import {
  type ApiCaller,
  type ApiHabits,
  apiCaller,
  apiHabitsOf,
  type Dependency,
  dependenciesOf,
  outsideDependency,
  privateAddress,
  scannerAddress,
} from './habits.ts';
import type { SimulatedFlow, SimulatedRequest, Site, SiteHour } from './traffic-hour.ts';

/** Functions in a VPC, those with an API before them, and instances that log. */
const IN_VPC = 0.6;
const WITH_API = 0.5;
/** Days after which a site may change: a deployment, a provider that moves. */
const ERA_DAYS = 12;

/** The sites of an organization; the same for each day of it. */
export function sitesOf({ members, account }: Organization, seed: number): readonly Site[] {
  return members.flatMap((member): Site[] => {
    const random = randomStream('site', seed, member.id);
    const name = member.id.slice(member.id.lastIndexOf('/') + 1);
    const interfaceId = `eni-${random.hex(17)}`;
    const base = { account: member.account.id, region: account.region, memberId: member.id, interfaceId };
    const address = `10.${Number(member.account.id.slice(-2)) + 1}.${random.int(50, 90)}.${random.int(4, 250)}`;
    const apiId = random.hex(10);
    if (member.kind === 'function') {
      const inVpc = random.chance(IN_VPC);
      const withApi = random.chance(WITH_API);
      const site = { ...base, address, instanceId: undefined, apiId };
      return [
        ...(inVpc ? [{ ...site, name, kind: 'function' as const }] : []),
        ...(withApi ? [{ ...site, name: `${apiId}/prod`, kind: 'api' as const }] : []),
      ];
    }
    if (member.kind !== 'instance' && member.kind !== 'pipeline') return [];
    const instanceId = `i-${random.hex(17)}`;
    return [{ ...base, name: instanceId, kind: 'instance', address, instanceId, apiId }];
  });
}

/** ARNs by interface, for the setting that names owners. */
export function interfaceOwners(sites: readonly Site[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sites
      .filter(({ kind }) => kind === 'function')
      .map(({ interfaceId, region, account, name }) => [
        interfaceId,
        `arn:aws:lambda:${region}:${account}:function:${name}`,
      ]),
  );
}

/** What a function did in an hour: how often it ran, and under which request ids. */
export interface FunctionRuns {
  readonly hour: FunctionHour;
  readonly requestIds: readonly string[];
}

/**
 * What an organization's networks and APIs log in one hour: functions connect as often as they run, APIs hand on the very runs that the
 * functions log, instances go by their own day.
 */
export function hoursOfSites(
  sites: readonly Site[],
  epoch: EpochIndex,
  runs: ReadonlyMap<string, FunctionRuns>,
  organization: Organization,
  seed: number,
): readonly SiteHour[] {
  const members = membersOf(organization);
  return sites.flatMap((site): SiteHour[] => {
    const member = members.get(site.memberId);
    if (member === undefined) return [];
    const day = Math.floor((epoch - epochOf(organization.start)) / 24);
    if (day < member.joins || day >= member.leaves) return [];
    const random = randomStream('site-hour', seed, site.name, epoch);
    const requestIds = runs.get(site.memberId)?.requestIds ?? [];
    const flows = site.kind === 'api' ? [] : flowsOf(site, member, epoch, requestIds.length, seed, random);
    const requests = site.kind === 'api' ? requestsOf(site, epoch, requestIds, seed, random) : [];
    return flows.length + requests.length === 0 ? [] : [{ site, epoch, flows, requests }];
  });
}

const byId = new WeakMap<Organization, ReadonlyMap<string, Member>>();

function membersOf(organization: Organization): ReadonlyMap<string, Member> {
  const known = byId.get(organization);
  if (known !== undefined) return known;
  const members = new Map(organization.members.map((member) => [member.id, member]));
  byId.set(organization, members);
  return members;
}

function flowsOf(site: Site, member: Member, epoch: EpochIndex, runs: number, seed: number, random: Random) {
  const activity = site.kind === 'function' ? Math.min(4, runs / 10) : dayShape(member, epoch);
  const retries = random.chance(0.004) ? 6 : 1;
  const flows = [...dependenciesOf(site, seed), ...addedBy(site, epoch, seed)].flatMap((dependency) =>
    flowsTo(dependency, epoch, activity * retries, random),
  );
  // A backup once a week, a day on which an image is pulled, a load that is shipped
  const bulk = site.kind === 'instance' && random.chance(0.003) && flows[0] !== undefined;
  const heavy = bulk ? [{ ...(flows[0] as SimulatedFlow), bytesOut: 4e8 * random.float() }] : [];
  const discovery = random.chance(0.002)
    ? Array.from({ length: random.int(3, 12) }, () => flow(random, privateAddress(site, random), 443, 800, 900))
    : [];
  const knocking = site.kind === 'instance' ? knocks(random) : [];
  return [...flows, ...heavy, ...discovery, ...knocking];
}

function dayShape(member: Member, epoch: EpochIndex): number {
  const hour = epoch % 24;
  const [from, to] = member.hours;
  return (hour >= from && hour < to) || hour + 24 < to ? 1 : 0.25;
}

function flowsTo(
  dependency: Dependency,
  epoch: EpochIndex,
  activity: number,
  random: Random,
): readonly SimulatedFlow[] {
  const { addresses, port, perHour, bytesOut, bytesIn, every } = dependency;
  if (every !== undefined) {
    const at = epoch % every;
    const minutes = Array.from({ length: Math.floor(60 / every) }, (_, index) => at + index * every);
    return minutes
      .filter((minute) => minute < 60)
      .map((minute) => ({ ...flow(random, addresses[0] ?? '', port, bytesOut, bytesIn), minute }));
  }
  const spread = () => 2 ** (2 * (random.float() + random.float() - 1));
  return Array.from({ length: Math.min(40, random.count(perHour * activity)) }, () =>
    flow(random, random.pick(addresses), port, bytesOut * spread(), bytesIn * spread()),
  );
}

export function flow(random: Random, peer: string, port: number, bytesOut: number, bytesIn: number): SimulatedFlow {
  return {
    minute: random.int(0, 59),
    peer,
    port,
    bytesOut: Math.round(bytesOut),
    bytesIn: Math.round(bytesIn),
    accepted: true,
  };
}

/** Strangers at the door of whatever has a public address. */
function knocks(random: Random): readonly SimulatedFlow[] {
  return Array.from({ length: random.count(random.chance(0.02) ? 20 : 2) }, () => ({
    ...flow(random, scannerAddress(random), random.pick([22, 23, 3389, 445, 8080, 6379]), 0, 60),
    accepted: false,
    inbound: true,
  }));
}

/** What deployments and moves of providers have added by then. */
function addedBy(site: Site, epoch: EpochIndex, seed: number): readonly Dependency[] {
  const era = Math.floor(epoch / (24 * ERA_DAYS));
  const offset = randomStream('site-era', seed, site.memberId).int(0, 24 * ERA_DAYS);
  const last = Math.floor((epoch + offset) / (24 * ERA_DAYS));
  return Array.from({ length: Math.max(0, Math.min(4, last - era + 2)) }, (_, back) => last - back).flatMap((of) => {
    const random = randomStream('site-change', seed, site.memberId, of);
    return random.chance(0.35) ? [outsideDependency(site, random)] : [];
  });
}

function requestsOf(site: Site, epoch: EpochIndex, runs: readonly string[], seed: number, random: Random) {
  const habits = apiHabitsOf(site, seed);
  const callers = [...habits.callers, ...newcomers(site, habits, epoch, seed)];
  const failing = random.chance(0.01) ? 0.3 : 0.003;
  const asked = runs.map((run): SimulatedRequest => {
    const caller = random.weighted(callers);
    const moved = random.chance(habits.style === 'public' ? 0.01 : 0.0002);
    return request(habits, moved ? { ...caller, addresses: [scannerAddress(random)] } : caller, random, {
      run,
      status: random.chance(failing) ? 500 : random.chance(0.01) ? 404 : random.chance(0.02) ? 400 : 200,
    });
  });
  const loadTest = random.chance(0.002) && habits.callers[0] !== undefined;
  const tested = loadTest
    ? Array.from({ length: 300 }, () => request(habits, habits.callers[0] as ApiCaller, random, { run: random.uuid() }))
    : [];
  return [...asked, ...tested, ...(habits.style === 'internal' ? [] : scans(random))];
}

/** Made once a day. */
const newcomersOf = new WeakMap<Site, { readonly key: string; readonly of: readonly ApiCaller[] }>();

/** Users that sign up, partners and clients that are taken on. */
function newcomers(site: Site, { style }: ApiHabits, epoch: EpochIndex, seed: number): readonly ApiCaller[] {
  const day = Math.floor(epoch / 24);
  const key = `${seed} ${day}`;
  const known = newcomersOf.get(site);
  if (known?.key === key) return known.of;
  const perDay = { internal: 0.01, partners: 0.03, public: 3 }[style];
  const of = Array.from({ length: 20 }, (_, back) => day - back).flatMap((joined) => {
    const random = randomStream('newcomers', seed, site.name, joined);
    return Array.from({ length: random.count(perDay) }, (_, index) =>
      apiCaller(site, style, joined * 100 + index, random),
    );
  });
  newcomersOf.set(site, { key, of });
  return of;
}

export function request(
  { routes, ids, open }: ApiHabits,
  { caller, key, addresses, agent }: ApiCaller,
  random: Random,
  more: Partial<SimulatedRequest> = {},
): SimulatedRequest {
  const route = random.pick(routes);
  const named = !open.includes(route);
  return {
    second: random.int(0, 3599),
    route,
    path: route.replace(/^\w+ /, '').replace('{id}', String(random.int(1, ids))),
    status: 200,
    address: random.pick(addresses),
    agent,
    caller: named ? caller : undefined,
    key: named ? key : undefined,
    run: undefined,
    ...more,
  };
}

/** Strangers who ask for what other people's software has. */
function scans(random: Random): readonly SimulatedRequest[] {
  if (!random.chance(0.25)) return [];
  const address = addressIn(random.pick(NETWORK_BLOCKS), random);
  const tries = random.chance(0.1) ? random.int(50, 300) : random.int(1, 12);
  return Array.from({ length: tries }, () => ({
    second: random.int(0, 3599),
    route: '$default',
    path: `/${random.pick(['wp-login.php', '.env', 'admin', 'api/v1', '.git/config', 'actuator'])}${random.chance(0.5) ? `/${random.int(1, 500)}` : ''}`,
    status: random.pick([403, 404]),
    address,
    agent: random.pick(['curl/8.5.0', 'Mozilla/5.0 zgrab/0.x', 'python-requests/2.32.3']),
    caller: undefined,
    key: undefined,
    run: undefined,
  }));
}
