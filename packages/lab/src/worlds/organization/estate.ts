import type { Resource, ResourceKind } from '../../organization.ts';
import { type Random, randomStream } from '../../random.ts';
import type { Culture } from './culture.ts';
import { zipfRank } from './draw.ts';
import type { Scope } from './operations/operation.ts';
import type { Site } from './sites.ts';
import type { Team } from './teams.ts';

/** A thing and since when, in days of the world, there is one. */
interface Thing {
  readonly name: string;
  readonly from: number;
}

/** Who looks for things: its team's things in one account, some of them its favourites. */
export interface Viewpoint {
  readonly site: Site;
  readonly team: Team;
  /** Whose favourites; usually the member's id. */
  readonly taste: string;
}

/** All things of an organization, made up when first asked for and then always the same. */
export interface Estate {
  /** Placeholders of calls, filled in from this viewpoint on a day. */
  scope(viewpoint: Viewpoint, day: number): Scope;
  /** Adds a thing that a member brings along: its role, its function. */
  add(site: Site, team: Team, kind: string, name: string, from?: number): void;
  /** What the member of this viewpoint favours. */
  favourites(viewpoint: Viewpoint): readonly Resource[];
  /** Everything that holds data or power, of every team and account. */
  resources(sites: readonly Site[], teams: readonly Team[]): readonly Resource[];
}

export function estateOf(culture: Culture, teams: readonly Team[]): Estate {
  const known = new Map<string, Thing[]>();
  const key = (site: Site, team: Team, kind: string) => `${site.account.id}/${team.name}/${kind}`;

  const things = (site: Site, team: Team, kind: string): Thing[] => {
    const path = key(site, team, kind);
    let list = known.get(path);
    if (list === undefined) {
      list = madeUp(culture, site, team, kind, randomStream('estate', culture.half, culture.seed, path));
      known.set(path, list);
    }
    return list;
  };

  return {
    scope({ site, team, taste }, day) {
      const own = new Map<string, readonly Thing[]>();
      const there = (kind: string, owner: Team) => things(site, owner, kind).filter(({ from }) => from <= day);
      return {
        account: site.account,
        pick(kind, random) {
          if (random.chance(STRAYS)) return favourite(there(kind, random.pick(teams)), taste, random)?.name ?? kind;
          const ours = own.get(kind) ?? there(kind, team);
          own.set(kind, ours);
          return favourite(ours, taste, random)?.name ?? kind;
        },
      };
    },
    add(site, team, kind, name, from = 0) {
      things(site, team, kind).push({ name, from });
    },
    favourites: ({ site, team, taste }) =>
      RESOURCE_KINDS.flatMap(([kind, placeholder]) => {
        const there = things(site, team, placeholder).filter(({ from }) => from === 0);
        const turn = turnOf(taste, there.length);
        return there.slice(0, 3).flatMap((_, rank) => {
          const name = there[(rank + turn) % there.length]?.name;
          return name === undefined ? [] : [{ kind, account: site.account, team: team.name, name }];
        });
      }),
    resources: (sites, owners) =>
      sites.flatMap((site) =>
        owners
          .filter((team) => isAtHome(team, site))
          .flatMap((team) =>
            RESOURCE_KINDS.flatMap(([kind, placeholder]) =>
              things(site, team, placeholder)
                .filter(({ from }) => from === 0)
                .map(({ name }) => ({ kind, account: site.account, team: team.name, name })),
            ),
          ),
      ),
  };
}

/** Accounts that no team works in every day belong to those who run the platform. */
function isAtHome({ live, trial, flavour }: Team, site: Site): boolean {
  return live === site || trial === site || (flavour === 'platform' && site.stage !== 'prod' && site.stage !== 'dev');
}

/** Share of calls that are about another team's things. */
const STRAYS = 0.03;

const RESOURCE_KINDS: readonly (readonly [ResourceKind, string])[] = [
  ['secret', 'secret'],
  ['parameter', 'parameter'],
  ['bucket', 'bucket'],
  ['table', 'table'],
  ['function', 'function'],
  ['role', 'role'],
  ['user', 'user'],
  ['key', 'key'],
  ['instance', 'instance'],
  ['snapshot', 'snapshot'],
  ['database', 'database'],
  ['trail', 'trail'],
  ['detector', 'detector'],
  ['log-group', 'loggroup'],
];

/** Everybody ranks the things another way; the first ranks are used most. */
function favourite(there: readonly Thing[], taste: string, random: Random): Thing | undefined {
  if (there.length === 0) return undefined;
  return there[(zipfRank(random, there.length) + turnOf(taste, there.length)) % there.length];
}

function turnOf(taste: string, count: number): number {
  let turn = 0;
  for (let index = 0; index < taste.length; index++) turn = (turn * 31 + taste.charCodeAt(index)) >>> 0;
  return count === 0 ? 0 : turn % count;
}

/** How many there are at first, and how many come in a hundred days. */
const NUMBERS: Readonly<Record<string, readonly [first: number, later: number]>> = {
  table: [6, 3],
  bucket: [5, 3],
  secret: [5, 2],
  parameter: [10, 6],
  queue: [5, 3],
  topic: [4, 2],
  loggroup: [3, 2],
  role: [3, 3],
  function: [2, 2],
  user: [1, 1],
  trail: [1, 0],
  detector: [1, 0],
  database: [2, 1],
  stack: [4, 2],
  instance: [6, 20],
  volume: [8, 20],
  snapshot: [6, 30],
  alarm: [6, 4],
  service: [4, 2],
  repository: [4, 2],
  folder: [5, 3],
};

function madeUp(culture: Culture, site: Site, team: Team, kind: string, random: Random): Thing[] {
  const [first, later] = NUMBERS[kind] ?? [3, 1];
  const count = Math.max(1, random.count(first));
  const growth = random.count((later * culture.days) / 100);
  return Array.from({ length: count + growth }, (_, index) => ({
    name: nameFor(kind, index, culture, site, team, random),
    from: index < count ? 0 : random.int(1, Math.max(1, culture.days - 1)),
  }));
}

function nameFor(kind: string, index: number, culture: Culture, site: Site, team: Team, random: Random): string {
  const { account, stage } = site;
  const subject = String(team.subjects[index % team.subjects.length]);
  switch (kind) {
    case 'instance':
      return `i-0${random.hex(16)}`;
    case 'volume':
      return `vol-0${random.hex(16)}`;
    case 'snapshot':
      return `snap-0${random.hex(16)}`;
    case 'vpc':
      return `vpc-0${random.hex(16)}`;
    case 'subnet':
      return `subnet-0${random.hex(16)}`;
    case 'group':
      return `sg-0${random.hex(16)}`;
    case 'key':
      return random.uuid();
    case 'detector':
      return random.hex(32);
    case 'api':
      return random.hex(10);
    case 'zone':
      return `Z0${random.base32(18)}`;
    case 'distribution':
      return `E${random.base32(13)}`;
    case 'certificate':
      return `arn:aws:acm:${account.region}:${account.id}:certificate/${random.uuid()}`;
    case 'balancer':
      return `arn:aws:elasticloadbalancing:${account.region}:${account.id}:loadbalancer/app/${subject}/${random.hex(16)}`;
    case 'partner':
      return index === 0 ? account.id : partnerId(random);
    case 'principal':
      return `arn:aws:iam::${index === 0 ? account.id : partnerId(random)}:root`;
    case 'trail':
      return culture.nameOf(['trail'], stage);
    case 'parameter':
      return `/${[stage, team.name, subject, random.pick(SETTINGS)].join('/')}${index < 6 ? '' : index}`;
    case 'secret':
      return `${stage}/${subject}/${random.pick(SECRETS)}${index < 5 ? '' : index}`;
    case 'folder':
      return `${subject}/${random.pick(FOLDERS)}`;
    case 'loggroup':
      return `/${culture.nameOf([team.name], stage)}/${subject}${index < 3 ? '' : index}`;
    case 'bucket':
      return `${culture.name}-${stage}-${subject}-${random.pick(FOLDERS)}-${random.hex(4)}`;
    default:
      return culture.nameOf([subject, ...(index < team.subjects.length ? [] : [`${kind}${index}`])], stage);
  }
}

/** Account of a firm that one works with: three digits four times each, a number that nobody is given. */
function partnerId(random: Random): string {
  return [random.int(2, 9), random.int(0, 9), random.int(0, 9)].map((digit) => String(digit).repeat(4)).join('');
}

const SETTINGS = ['endpoint', 'features', 'limits', 'region', 'sender', 'database-url', 'timeout', 'token'];
const SECRETS = ['database', 'api-key', 'smtp', 'oauth-client', 'signing-key', 'partner-token'];
const FOLDERS = ['uploads', 'exports', 'archive', 'raw', 'artifacts', 'reports', 'current'];
