import type { NewValues } from './actor-baseline.ts';
import { type CountPrior, momentsOf, SHIPPED_COUNT_PRIOR } from './count-memory.ts';
import { FEATURES, type Feature, perFeature } from './feature.ts';
import { type Counts, METRICS, WINDOWS, type Window } from './metric.ts';

/** Values remembered per feature; beyond it those that only one actor ever used make room, oldest first. */
const MAX_POPULATION_VALUES = 50_000;

/** Ages, in active days, at which actors do new things at different rates: day 0, 1-3, 4-8, 9-20, later. */
const AGE_BOUNDS = [1, 4, 9, 21] as const;
const AGE_BUCKETS = AGE_BOUNDS.length + 1;

/** Surprisals are binned by half a bit up to 20. */
const SURPRISAL_BINS = 40;
const BINS_PER_BIT = 2;

/** First-time values count towards the surprisals only from actors that have settled in. */
const SETTLED_ACTIVE_DAYS = 3;

/** Windows of others below which they are no guide. */
const MIN_PRIOR_WINDOWS = 20;

/** Sums over all windows, with any, of all actors of a group. */
interface CountSums {
  windows: number;
  sum: number;
  sumSquares: number;
}

/** By metric, in the order of `METRICS`. */
type MetricSums = readonly CountSums[];

/** What the actors of a group do: how many used each value, and how much they do. */
export interface Group {
  actors: number;
  readonly counts: Readonly<Record<Window, MetricSums>>;
  /** Actors by `valueHash` of the value. */
  readonly users: Record<Feature, Map<number, number>>;
}

/**
 * How new things appear among an account's actors: what "new for this actor" is weighed against.
 *
 * Learned from every actor at every seal; blended with shipped figures by `novelty-prior.ts`.
 */
export interface NoveltyStatistics {
  /** New values by age bucket, and the active days they were found in. */
  readonly newValues: Record<Feature, number[]>;
  readonly activeDays: number[];
  /** First-time values of settled actors by surprisal bin. */
  readonly surprisals: Record<Feature, number[]>;
}

/** Everything known about an account beyond its single actors. */
export interface Population {
  readonly account: Group;
  /** By `Actor.peerGroup`. */
  readonly peers: Map<string, Group>;
  readonly novelty: NoveltyStatistics;
}

export function emptyGroup(): Group {
  const none = (): MetricSums => METRICS.map(() => ({ windows: 0, sum: 0, sumSquares: 0 }));
  return {
    actors: 0,
    counts: { hour: none(), day: none(), week: none() },
    users: perFeature(() => new Map()),
  };
}

export function emptyPopulation(): Population {
  return {
    account: emptyGroup(),
    peers: new Map(),
    novelty: {
      newValues: perFeature(() => zeros(AGE_BUCKETS)),
      activeDays: zeros(AGE_BUCKETS),
      surprisals: perFeature(() => zeros(SURPRISAL_BINS)),
    },
  };
}

/** Bucket of an actor's age in active days before today. */
export function ageBucket(activeDays: number): number {
  const index = AGE_BOUNDS.findIndex((bound) => activeDays < bound);
  return index === -1 ? AGE_BUCKETS - 1 : index;
}

export function surprisalBin(bits: number): number {
  return Math.min(SURPRISAL_BINS - 1, Math.max(0, Math.floor(bits * BINS_PER_BIT)));
}

/** The actor as it stood before the epoch, and what the epoch added. */
export interface SealedNovelty {
  readonly peerGroup: string;
  readonly firstEpoch: boolean;
  readonly newDay: boolean;
  /** Active days before the epoch's day. */
  readonly ageDays: number;
  readonly newValues: NewValues;
  /** Surprisal of each new value as judged before the epoch, in the same order. */
  readonly surprisals: NewValues;
  /** Windows that the epoch finished. */
  readonly finished: Readonly<Record<Window, Counts | undefined>>;
}

/** Adds one actor's sealed epoch. Commutes with that of every other actor of the same epoch. */
export function learnPopulation(population: Population, sealed: SealedNovelty): void {
  const { account, novelty } = population;
  const peers = peerGroupOf(population, sealed.peerGroup);
  const bucket = ageBucket(sealed.ageDays);
  if (sealed.firstEpoch) {
    account.actors += 1;
    peers.actors += 1;
  }
  for (const window of WINDOWS) {
    const counts = sealed.finished[window];
    if (counts === undefined) continue;
    addCounts(account.counts[window], counts);
    addCounts(peers.counts[window], counts);
  }
  if (sealed.newDay) add(novelty.activeDays, bucket, 1);
  for (const feature of FEATURES) {
    const values = sealed.newValues[feature];
    if (values.length === 0) continue;
    add(novelty.newValues[feature], bucket, values.length);
    if (sealed.ageDays >= SETTLED_ACTIVE_DAYS) {
      for (const bits of sealed.surprisals[feature]) add(novelty.surprisals[feature], surprisalBin(bits), 1);
    }
    for (const hash of values) {
      countUser(account.users[feature], hash);
      countUser(peers.users[feature], hash);
    }
  }
}

/** What others count per window with any; the peers where there are enough of theirs, else the account. */
export function countPrior(window: Window, metric: number, peers: Group | undefined, account: Group): CountPrior {
  for (const group of [peers, account]) {
    const sums = group?.counts[window][metric];
    if (sums !== undefined && sums.windows >= MIN_PRIOR_WINDOWS) {
      return momentsOf(sums.windows, sums.sum, sums.sumSquares);
    }
  }
  return SHIPPED_COUNT_PRIOR;
}

function addCounts(sums: MetricSums, counts: Counts): void {
  for (let metric = 0; metric < sums.length; metric++) {
    const count = counts[metric] ?? 0;
    const entry = sums[metric];
    if (count === 0 || entry === undefined) continue;
    entry.windows += 1;
    entry.sum += count;
    entry.sumSquares += count * count;
  }
}

function peerGroupOf(population: Population, name: string): Group {
  const known = population.peers.get(name);
  if (known !== undefined) return known;
  const group = emptyGroup();
  population.peers.set(name, group);
  return group;
}

/**
 * An actor that forgot a value and meets it again counts twice: the bound on values per actor makes
 * that rare, and it errs towards "usual".
 */
function countUser(users: Map<number, number>, hash: number): void {
  users.set(hash, (users.get(hash) ?? 0) + 1);
  if (users.size <= MAX_POPULATION_VALUES) return;
  for (const [value, count] of users) {
    if (count === 1) users.delete(value);
    if (users.size <= MAX_POPULATION_VALUES * 0.9) return;
  }
}

function add(counts: number[], index: number, amount: number): void {
  counts[index] = (counts[index] ?? 0) + amount;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
