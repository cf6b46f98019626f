import type { CountPrior } from '../count-memory.ts';
import { momentsOf, SHIPPED_COUNT_PRIOR } from '../count-memory.ts';
import { addWindow, newTrafficValues, type TrafficBaseline, type TrafficSums } from './traffic-baseline.ts';
import type { TrafficHour } from './traffic-hour.ts';
import { TRAFFIC_FEATURES, TRAFFIC_METRICS, type TrafficFeature, type TrafficMetric } from './traffic-vocabulary.ts';

/** What the parties of one kind do: what a party with little history of its own is judged by. */
export interface TrafficPopulation {
  parties: number;
  /** By feature and hash of the value: how many parties ever showed it. */
  readonly users: Map<TrafficFeature, Map<number, number>>;
  /** First-time values of settled parties, by how rare they were among others: half bits. */
  readonly firstTimes: Map<TrafficFeature, number[]>;
  /** New values, and days, by age. */
  readonly newByAge: Map<TrafficFeature, number[]>;
  readonly daysByAge: number[];
  /** Hours of all, by metric. */
  readonly hours: Map<TrafficMetric, TrafficSums>;
}

export function emptyTrafficPopulation(): TrafficPopulation {
  return {
    parties: 0,
    users: new Map(),
    firstTimes: new Map(),
    newByAge: new Map(),
    daysByAge: new Array<number>(AGES.length + 1).fill(0),
    hours: new Map(),
  };
}

/** Active days at which a new age begins: learning curves fall steeply. */
const AGES = [1, 4, 9, 21] as const;

/** New values a day at each age, where nothing else is known, and the days that this weighs like. */
const SHIPPED_CURVE: readonly number[] = [6, 1.5, 0.6, 0.3, 0.2];
const SHIPPED_DAYS = 20;

/** Values counted per feature; further ones count as nobody's. */
const MAX_USED = 20_000;
const SETTLED_DAYS = 3;
const MAX_HALF_BITS = 40;

function ageOf(activeDays: number): number {
  const at = AGES.findIndex((days) => activeDays < days);
  return at === -1 ? AGES.length : at;
}

/** New values of a feature that parties of this age show on an active day. */
export function newTrafficPerDay(
  { newByAge, daysByAge }: TrafficPopulation,
  feature: TrafficFeature,
  days: number,
): number {
  const age = ageOf(days);
  const seen = newByAge.get(feature)?.[age] ?? 0;
  return (SHIPPED_DAYS * (SHIPPED_CURVE[age] ?? 0) + seen) / (SHIPPED_DAYS + (daysByAge[age] ?? 0));
}

/** −log2 of the share of other parties that ever showed a value, shrunk. */
export function trafficSurprisal({ parties, users }: TrafficPopulation, feature: TrafficFeature, hash: number): number {
  return -Math.log2(((users.get(feature)?.get(hash) ?? 0) + 2 / 300) / (parties + 2));
}

/** Share of ordinary first-time values at least as rare; never less than so few parties can tell. */
export function shareAsRare(population: TrafficPopulation, feature: TrafficFeature, surprisal: number): number {
  const bins = population.firstTimes.get(feature) ?? [];
  const from = Math.min(MAX_HALF_BITS, Math.floor(2 * surprisal));
  let [found, all] = [0, 0];
  bins.forEach((count, bin) => {
    all += count;
    if (bin >= from) found += count;
  });
  const share = (30 * 2 ** (-surprisal / 3) + found + 1) / (30 + all + 2);
  return Math.max(share, (4 / (population.parties + 4)) ** 2);
}

/** What others say an hour holds, for who has few of their own. */
export function trafficCountPrior({ hours }: TrafficPopulation, metric: TrafficMetric): CountPrior {
  const sums = hours.get(metric);
  return sums === undefined || sums.windows < 20
    ? SHIPPED_COUNT_PRIOR
    : momentsOf(sums.windows, sums.sum, sums.sumSquares);
}

const MAX_WINDOWS = 20_000;

/** Learns an hour of a party, before the party itself does. Changes the population in place. */
export function learnTrafficPopulation(
  population: TrafficPopulation,
  own: TrafficBaseline | undefined,
  hour: TrafficHour,
  startsDay: boolean,
): void {
  const days = own?.activeDays ?? 0;
  const age = ageOf(days);
  if (own === undefined) population.parties += 1;
  if (startsDay) population.daysByAge[age] = (population.daysByAge[age] ?? 0) + 1;
  for (const feature of TRAFFIC_FEATURES) {
    const fresh = own === undefined ? hour.values[feature] : newTrafficValues(own, hour, feature);
    if (fresh.length === 0) continue;
    const byAge = entry(population.newByAge, feature, () => new Array<number>(AGES.length + 1).fill(0));
    byAge[age] = (byAge[age] ?? 0) + fresh.length;
    const used = entry(population.users, feature, () => new Map<number, number>());
    const bins = entry(population.firstTimes, feature, () => new Array<number>(MAX_HALF_BITS + 1).fill(0));
    for (const { hash } of fresh) {
      if (days >= SETTLED_DAYS) {
        const bin = Math.min(MAX_HALF_BITS, Math.floor(2 * trafficSurprisal(population, feature, hash)));
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      const users = used.get(hash);
      if (users !== undefined || used.size < MAX_USED) used.set(hash, (users ?? 0) + 1);
    }
  }
  for (const metric of TRAFFIC_METRICS) {
    const count = hour.counts[metric];
    if (count === 0) continue;
    const sums = entry(population.hours, metric, () => ({ windows: 0, sum: 0, sumSquares: 0 }));
    addWindow(sums, count, sums.windows >= MAX_WINDOWS ? 0.5 : 1);
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
