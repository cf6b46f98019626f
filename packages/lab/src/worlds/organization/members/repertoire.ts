import { DAY_MS } from '@portcullis/event';
import { type Random, randomStream } from '../../../random.ts';
import type { Culture } from '../culture.ts';
import { logNormal, sample, zipfRank } from '../draw.ts';
import type { Operation, Purpose } from '../operations/operation.ts';
import type { Flavour } from '../pools/pool.ts';
import type { Task } from '../task.ts';
import type { Team } from '../teams.ts';

/** How often people of a flavour do a sort of thing, against looking one thing up. */
const LEANINGS: Readonly<Record<Flavour, Readonly<Record<Purpose, number>>>> = {
  product: { list: 0.7, get: 1, change: 0.12, admin: 0.01, fetch: 0.5, put: 0.1, event: 0 },
  platform: { list: 1, get: 1, change: 0.2, admin: 0.05, fetch: 0.1, put: 0.03, event: 0 },
  data: { list: 0.5, get: 1, change: 0.4, admin: 0.005, fetch: 1, put: 0.3, event: 0 },
  security: { list: 1, get: 1, change: 0.05, admin: 0.01, fetch: 0.1, put: 0, event: 0 },
  support: { list: 0.6, get: 1, change: 0.03, admin: 0, fetch: 0.3, put: 0, event: 0 },
  finance: { list: 1, get: 0.6, change: 0.02, admin: 0, fetch: 0.1, put: 0, event: 0 },
};

/** What a person of a team does: pages of the console, look-ups, changes; each with habits of its own. */
export function repertoire(culture: Culture, team: Team, random: Random): Task[] {
  const { flavour, services } = team;
  const leaning = LEANINGS[flavour];
  const refused = refusedPages(culture, team).map((step) => ({
    weight: culture.consoleShare * logNormal(random, 0.12, 0.8),
    steps: [step],
    refused: 1,
  }));
  const usual = services.flatMap((service, rank) => {
    const operations = culture.pool.catalog.of(service);
    const weight = logNormal(random, 1, 0.6) / (rank + 1) ** 0.7;
    const lists = operations.filter(({ purpose }) => purpose === 'list');
    const page: Task[] =
      lists.length > 1 ? [{ weight: weight * culture.consoleShare * 0.6, steps: lists.slice(0, 5) }] : [];
    const single = operations
      .filter(({ purpose }) => random.chance(purpose === 'get' || purpose === 'list' ? 0.4 : 0.25))
      .map((operation) => ({
        weight: weight * leaning[operation.purpose] * logNormal(random, 0.4, 1.4),
        steps: [operation],
        ...(operation.purpose !== 'list' && random.chance(culture.sloppiness) && { refused: random.float() }),
      }))
      .filter((task) => task.weight > 0);
    return [...page, ...single, ...onBehalf(service, operations, weight, random)];
  });
  return [...usual, ...refused];
}

/** What AWS services call for somebody who uses them; their names stand where address and agent would. */
const BEHIND: Readonly<Record<string, readonly [via: string, purposes: readonly Purpose[]]>> = {
  cloudformation: ['cloudformation.amazonaws.com', ['change']],
  athena: ['athena.amazonaws.com', ['get']],
  kms: ['secretsmanager.amazonaws.com', ['get']],
  s3: ['athena.amazonaws.com', ['fetch']],
  ec2: ['autoscaling.amazonaws.com', ['list']],
  iam: ['access-analyzer.amazonaws.com', ['get']],
};

function onBehalf(service: string, operations: readonly Operation[], weight: number, random: Random): Task[] {
  const [via, purposes] = BEHIND[service] ?? [];
  if (via === undefined || purposes === undefined || random.chance(0.4)) return [];
  return someOf(operations, purposes, random.int(1, 3), random).map((step) => ({
    weight: weight * logNormal(random, 0.2, 0.8),
    steps: [step],
    via,
  }));
}

/** Pages of the console ask for more than a role may see; the same role is refused the same things every day. */
function refusedPages({ pool, sloppiness, half, seed }: Culture, { flavour }: Team): readonly Operation[] {
  const random = randomStream('refused-pages', half, seed, flavour);
  const asked = [
    'health',
    'ce',
    'servicequotas',
    'support',
    'organizations',
    'config',
    'access-analyzer',
    'kms',
    'tagging',
  ];
  const lists = asked.flatMap((service) => pool.catalog.of(service)).filter(({ purpose }) => purpose === 'list');
  return sample(random, lists, Math.min(9, random.count(sloppiness * 60)));
}

/** What is done under a role for privileged work: changes, some of them of rights, and looks before and after. */
export function privilegedWork({ pool }: Culture, { services }: Team, random: Random): Task[] {
  return services.slice(0, 5).flatMap((service) => {
    const operations = pool.catalog.of(service);
    const some = (purposes: readonly Purpose[], count: number, median: number) =>
      someOf(operations, purposes, count, random).map((step) => ({
        weight: logNormal(random, median, 0.7),
        steps: [step],
      }));
    return [...some(['change'], 4, 1), ...some(['admin'], 2, 0.3), ...some(['get', 'list'], 4, 1)];
  });
}

/** Things that somebody takes up in the course of the world and then keeps doing. */
export function learned(culture: Culture, team: Team, existing: readonly Task[], random: Random): Task[] {
  const usual = existing.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, existing.length);
  return Array.from({ length: random.count(culture.curiosity * culture.days * 0.06) }, () => ({
    ...wanderings(culture, team, random),
    weight: usual * logNormal(random, 0.5, 1),
    from: culture.start + random.float() * culture.days * DAY_MS,
  }));
}

/** What a machine does only when something is odd: branches of its code that are seldom taken. */
export function rarePaths({ pool }: Culture, { services }: Team, usual: number, random: Random): Task[] {
  const near = [...services, 'sts', 'logs', 'monitoring', 's3'].flatMap((service) => pool.catalog.of(service));
  return someOf(near, ['get', 'list', 'put', 'change'], random.count(1.5), random).map((step) => ({
    weight: Math.min(1, usual * logNormal(random, 0.0006, 1.5)),
    steps: [step],
  }));
}

/** Something out of all there is: mostly a look at a service near one's own, seldom a change. */
export function wanderings({ pool, sloppiness, secondRegion }: Culture, team: Team, random: Random): Task {
  const { catalog } = pool;
  const near = [...team.services, ...catalog.services];
  const operations = catalog.of(String(near[zipfRank(random, near.length)]));
  const bold = random.chance(team.flavour === 'platform' ? 0.25 : 0.1);
  const allowed = operations.filter(({ purpose }) => purpose !== 'event' && isBold(purpose) === bold);
  const operation: Operation | undefined = (allowed.length > 0 ? allowed : operations)[
    zipfRank(random, Math.max(1, allowed.length || operations.length))
  ];
  return {
    weight: 1,
    steps: operation === undefined ? [] : [operation],
    refused: Math.min(0.6, sloppiness * 4),
    ...(random.chance(0.03) && { region: secondRegion }),
  };
}

function isBold(purpose: Purpose): boolean {
  return purpose === 'change' || purpose === 'admin' || purpose === 'put';
}

/** A few of the operations of one purpose, as one does them in a row. */
function someOf(operations: readonly Operation[], purposes: readonly Purpose[], count: number, random: Random) {
  return sample(
    random,
    operations.filter(({ purpose }) => purposes.includes(purpose)),
    count,
  );
}
