import { DAY_MS, type EpochMs } from '@portcullis/event';
import { randomStream } from '../../random.ts';
import { between, logNormal, sample } from './draw.ts';
import type { BuildHost, Country, Pool, ScannerVendor } from './pools/pool.ts';
import { TEST_POOL } from './pools/test-pool.ts';
import { TUNING_POOL } from './pools/tuning-pool.ts';
import type { ToolKind } from './tools.ts';

export type Half = 'tuning' | 'test';

/** How people come to their role sessions. */
type SignIn = 'identity-center' | 'saml-role' | 'iam-user';

/** What makes this organization unlike others; all of it drawn from the seed. */
export interface Culture {
  readonly half: Half;
  readonly seed: number;
  readonly pool: Pool;
  readonly name: string;
  /** First midnight, a Monday. */
  readonly start: EpochMs;
  readonly days: number;
  readonly region: string;
  /** Used for little at first: global endpoints, a second site. */
  readonly secondRegion: string;
  readonly countries: readonly Country[];
  readonly signIn: SignIn;
  /** Gateway that all staff traffic leaves by, or none. */
  readonly gateway: string | undefined;
  readonly officeShare: number;
  readonly buildHosts: readonly BuildHost[];
  readonly vendors: readonly ScannerVendor[];
  readonly provisioner: ToolKind;
  readonly shells: readonly ToolKind[];
  readonly scripts: readonly ToolKind[];
  readonly browsers: readonly ToolKind[];
  readonly runtimes: readonly ToolKind[];
  /** Chance that a call of no fixed habit is refused. */
  readonly sloppiness: number;
  /** How readily people try what they never used. */
  readonly curiosity: number;
  readonly consoleShare: number;
  /** How often browsers at home reach the console by IPv6 where they could. */
  readonly ipv6Share: number;
  /** Share of functions whose records name the function. */
  readonly namedFunctions: number;
  /** Share of functions inside a network of their own. */
  readonly enclosedFunctions: number;
  /** Services whose data events production logs. */
  readonly loggedData: ReadonlySet<string>;
  readonly volume: number;
  /** Joins the parts of a name in this organization's way. */
  nameOf(parts: readonly string[], stage?: string): string;
}

/** Mondays from October 2025 on; the world's year then has every sort of month end in it. */
const FIRST_MONDAY = Date.UTC(2025, 9, 6);

/** Draws what an organization is like. The same seed gives another one in the other half. */
export function cultureOf(seed: number, half: Half, days: number, volume: number): Culture {
  const random = randomStream('organization', half, seed);
  const pool = half === 'tuning' ? TUNING_POOL : TEST_POOL;
  const name = `${random.pick(pool.companies)}-${random.pick(['group', 'labs', 'works', 'online', 'systems'])}`;
  const [region = 'us-east-1', secondRegion = 'us-west-2'] = random.shuffled(pool.regions);
  return {
    half,
    seed,
    pool,
    name,
    start: FIRST_MONDAY + random.int(0, 40) * 7 * DAY_MS,
    days,
    region,
    secondRegion,
    countries: sample(random, pool.countries, random.int(1, 4)),
    signIn: random.weighted<{ weight: number; value: SignIn }>([
      { weight: 7, value: 'identity-center' },
      { weight: half === 'test' ? 3 : 1, value: 'saml-role' },
      { weight: half === 'test' ? 1 : 2, value: 'iam-user' },
    ]).value,
    gateway: random.chance(0.35) ? random.pick(pool.gateways) : undefined,
    officeShare: random.float() ** 1.5,
    buildHosts: random.chance(0.3) ? sample(random, pool.buildHosts, 2) : [random.weighted(pool.buildHosts)],
    vendors: sample(random, pool.vendors, random.int(1, pool.vendors.length)),
    provisioner: random.pick(pool.provisioners),
    shells: sample(random, pool.shells, random.int(1, pool.shells.length)),
    scripts: sample(random, pool.scripts, random.int(1, 2)),
    browsers: pool.browsers,
    runtimes: sample(random, pool.runtimes, random.int(1, pool.runtimes.length)),
    sloppiness: Math.min(0.15, logNormal(random, 0.025, 0.8)),
    curiosity: logNormal(random, 1, 0.5),
    consoleShare: between(random, 0.15, 0.8),
    ipv6Share: random.chance(0.6) ? random.float() : 0,
    namedFunctions: between(random, 0.3, 1),
    enclosedFunctions: random.chance(0.5) ? between(random, 0.1, 0.9) : 0,
    loggedData: new Set(
      sample(random, ['dynamodb', 's3', 'lambda', 'sqs', 'sns', 'kinesis', 'events', 'ses'], random.int(2, 8)),
    ),
    volume,
    nameOf: random.pick(NAMINGS)(name.split('-')[0] ?? name),
  };
}

type Naming = (company: string) => Culture['nameOf'];

const NAMINGS: readonly Naming[] = [
  () => (parts, stage) => [...parts, ...given(stage)].join('-'),
  () => (parts, stage) => [...given(stage), ...parts].join('-'),
  (company) => (parts, stage) => [company, ...given(stage), ...parts].join('-'),
  () => (parts, stage) => [...parts, ...given(stage)].join('_'),
  (company) => (parts, stage) => [company, ...parts, ...given(stage)].map(capitalized).join(''),
  (company) => (parts, stage) =>
    [company.slice(0, 3), ...given(stage).map((text) => text.charAt(0)), ...parts].join('-'),
];

function given(stage: string | undefined): string[] {
  return stage === undefined ? [] : [stage];
}

function capitalized(text: string): string {
  return text.replace(/(^|[-_])(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
