import { DAY_MS } from '@portcullis/event';
import type { Random } from '../../../random.ts';
import type { Culture } from '../culture.ts';
import { logNormal, sample, zipfRank } from '../draw.ts';
import type { Operation, Purpose } from '../operations/operation.ts';
import type { Flavour } from '../pools/pool.ts';
import type { Task } from '../task.ts';
import type { Team } from '../teams.ts';

/** How often people of a flavour do a sort of thing, against looking one thing up. */
const LEANINGS: Readonly<Record<Flavour, Readonly<Record<Purpose, number>>>> = {
  product: { list: 0.7, get: 1, change: 0.12, admin: 0.01, fetch: 0.5, put: 0.1 },
  platform: { list: 1, get: 1, change: 0.2, admin: 0.05, fetch: 0.1, put: 0.03 },
  data: { list: 0.5, get: 1, change: 0.4, admin: 0.005, fetch: 1, put: 0.3 },
  security: { list: 1, get: 1, change: 0.05, admin: 0.01, fetch: 0.1, put: 0 },
  support: { list: 0.6, get: 1, change: 0.03, admin: 0, fetch: 0.3, put: 0 },
  finance: { list: 1, get: 0.6, change: 0.02, admin: 0, fetch: 0.1, put: 0 },
};

/** What a person of a team does: pages of the console, look-ups, changes; each with habits of its own. */
export function repertoire(culture: Culture, { flavour, services }: Team, random: Random): Task[] {
  const leaning = LEANINGS[flavour];
  return services.flatMap((service, rank) => {
    const operations = culture.pool.catalog.of(service);
    const weight = logNormal(random, 1, 0.6) / (rank + 1) ** 0.7;
    const lists = operations.filter(({ purpose }) => purpose === 'list');
    const page: Task[] =
      lists.length > 1 ? [{ weight: weight * culture.consoleShare * 0.6, steps: lists.slice(0, 5) }] : [];
    const single = operations
      .filter(({ purpose }) => random.chance(purpose === 'get' || purpose === 'list' ? 0.6 : 0.4))
      .map((operation) => ({
        weight: weight * leaning[operation.purpose] * logNormal(random, 0.4, 1.2),
        steps: [operation],
        ...(operation.purpose !== 'list' && random.chance(culture.sloppiness) && { refused: random.float() }),
      }))
      .filter((task) => task.weight > 0);
    return [...page, ...single];
  });
}

/** Things that somebody takes up in the course of the world and then keeps doing. */
export function learned(culture: Culture, team: Team, existing: readonly Task[], random: Random): Task[] {
  const usual = existing.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, existing.length);
  return Array.from({ length: random.count(culture.curiosity * culture.days * 0.1) }, () => ({
    ...wanderings(culture, team, random),
    weight: usual * logNormal(random, 0.5, 1),
    from: culture.start + random.float() * culture.days * DAY_MS,
  }));
}

/** Something out of all there is: mostly a look at a service near one's own, seldom a change. */
export function wanderings({ pool, sloppiness, secondRegion }: Culture, team: Team, random: Random): Task {
  const { catalog } = pool;
  const near = [...team.services, ...catalog.services];
  const operations = catalog.of(String(near[zipfRank(random, near.length)]));
  const bold = random.chance(team.flavour === 'platform' ? 0.25 : 0.1);
  const allowed = operations.filter(({ purpose }) => isBold(purpose) === bold);
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
export function someOf(operations: readonly Operation[], purposes: readonly Purpose[], count: number, random: Random) {
  return sample(
    random,
    operations.filter(({ purpose }) => purposes.includes(purpose)),
    count,
  );
}
