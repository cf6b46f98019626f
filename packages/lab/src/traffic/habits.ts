import { type Random, randomStream } from '../random.ts';
import { NETWORK_BLOCKS } from '../record/network-blocks.ts';
import { addressIn, blocksOf } from '../record/networks.ts';
import type { Site } from './traffic-hour.ts';

/** Something that a site talks to. */
export interface Dependency {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly perHour: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** On a timer, in minutes: agents and pollers. */
  readonly every?: number;
}

/** Who calls an API. */
export interface ApiCaller {
  readonly caller: string | undefined;
  readonly key: string | undefined;
  readonly addresses: readonly string[];
  readonly agent: string;
  readonly weight: number;
}

export type ApiStyle = 'internal' | 'partners' | 'public';

export interface ApiHabits {
  readonly style: ApiStyle;
  readonly callers: readonly ApiCaller[];
  readonly routes: readonly string[];
  /** Routes that anybody may ask. */
  readonly open: readonly string[];
  readonly ids: number;
}

const CLOUD = NETWORK_BLOCKS.filter(({ use }) => use === 'cloud');
const HOMES = NETWORK_BLOCKS.filter(({ use }) => use === 'consumer' || use === 'mobile');
const OFFICES = NETWORK_BLOCKS.filter(({ use }) => use === 'business');

/** Addresses of a service of AWS in a region, as its names resolve to over the weeks. */
function endpoint(site: Site, random: Random): readonly string[] {
  const blocks = blocksOf('aws', site.region);
  const shared = blocks.length > 0 ? blocks : CLOUD;
  return Array.from({ length: random.int(2, 8) }, () => addressIn(random.pick(shared), random));
}

/** A dependency on the internet, as a deployment may add one. */
export function outsideDependency(site: Site, random: Random): Dependency {
  const cloud = random.pick(CLOUD);
  const addresses = random.chance(0.5)
    ? endpoint(site, random)
    : Array.from({ length: random.int(1, 4) }, () => addressIn(cloud, random));
  return {
    addresses,
    port: 443,
    perHour: 0.5 + 8 * random.float() ** 2,
    bytesOut: 1500 * 2 ** (6 * random.float()),
    bytesIn: 3000 * 2 ** (6 * random.float()),
  };
}

/** What a site talks to for its whole life. */
export const dependenciesOf = once((site: Site, seed: number): readonly Dependency[] => {
  const random = randomStream('traffic-habits', seed, site.memberId);
  const inside = Array.from(
    { length: random.int(1, 4) },
    (): Dependency => ({
      addresses: Array.from({ length: random.int(1, 3) }, () => privateAddress(site, random)),
      port: random.pick([5432, 3306, 6379, 443, 8080]),
      perHour: 1 + 10 * random.float() ** 2,
      bytesOut: 1000 * 2 ** (5 * random.float()),
      bytesIn: 2000 * 2 ** (7 * random.float()),
    }),
  );
  const outside = Array.from({ length: random.int(1, 4) }, () => outsideDependency(site, random));
  const agent = { ...outsideDependency(site, random), every: random.pick([5, 10]), bytesOut: 2000, bytesIn: 1500 };
  return [...inside, ...outside, ...(site.kind === 'instance' && random.chance(0.7) ? [agent] : [])];
});

/** The same for the same site, and made once: drawing habits again for each hour takes most of the time. */
function once<T>(make: (site: Site, seed: number) => T): (site: Site, seed: number) => T {
  const made = new WeakMap<Site, { readonly seed: number; readonly of: T }>();
  return (site, seed) => {
    const known = made.get(site);
    if (known?.seed === seed) return known.of;
    const of = make(site, seed);
    made.set(site, { seed, of });
    return of;
  };
}

export function privateAddress({ account }: Site, random: Random): string {
  return `10.${Number(account.slice(-2)) + 1}.${random.int(0, 40)}.${random.int(4, 250)}`;
}

export const apiHabitsOf = once((site: Site, seed: number): ApiHabits => {
  const random = randomStream('api-habits', seed, site.memberId);
  const style = random.pick(['internal', 'partners', 'public'] as const);
  const things = random.pick(['orders', 'invoices', 'users', 'devices', 'tickets']);
  const routes = [`GET /${things}/{id}`, `GET /${things}`, `POST /${things}`, `PUT /${things}/{id}`, 'GET /status'];
  const count = style === 'internal' ? random.int(1, 4) : style === 'partners' ? random.int(3, 10) : 150;
  return {
    style,
    routes: routes.slice(0, random.int(2, 4)),
    open: style === 'internal' ? [] : ['GET /status'],
    callers: Array.from({ length: count }, (_, index) => apiCaller(site, style, index, random)),
    ids: random.int(20, 4000),
  };
});

export function apiCaller(site: Site, style: ApiStyle, index: number, random: Random): ApiCaller {
  const weight = random.float() ** 3 + 0.02;
  switch (style) {
    case 'internal':
      return {
        caller: `arn:aws:sts::${site.account}:assumed-role/${site.name}-client-${index}/run`,
        key: undefined,
        addresses: endpoint(site, random),
        agent: random.pick(['python-requests/2.32.3', 'axios/1.7.2', 'Go-http-client/2.0']),
        weight,
      };
    case 'partners':
      return {
        caller: undefined,
        key: random.hex(10),
        addresses: [addressIn(random.pick(random.chance(0.5) ? CLOUD : OFFICES), random)],
        agent: random.pick(['okhttp/4.12.0', 'Apache-HttpClient/5.3', 'python-requests/2.32.3', 'PostmanRuntime/7.39']),
        weight,
      };
    case 'public':
      return {
        caller: `user-${random.hex(12)}`,
        key: undefined,
        addresses: Array.from({ length: random.int(1, 3) }, () => addressIn(random.pick(HOMES), random)),
        agent: random.pick(['Mozilla/5.0 (iPhone)', 'Mozilla/5.0 (Windows NT 10.0)', 'shop-app/8.1.0']),
        weight,
      };
  }
}

/** Somebody of the internet who tries every door. */
export function scannerAddress(random: Random): string {
  return addressIn(random.pick(NETWORK_BLOCKS), random);
}
