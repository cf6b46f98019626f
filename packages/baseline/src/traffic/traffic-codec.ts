import { BaselineFormatError } from '../errors.ts';
import { emptyTrafficBaseline, type TrafficBaseline } from './traffic-baseline.ts';
import { emptyTrafficPopulation, type TrafficPopulation } from './traffic-population.ts';
import { TRAFFIC_FEATURES, type TrafficFeature, type TrafficMetric } from './traffic-vocabulary.ts';

/** Raised whenever what is stored changes its form or meaning. */
const VERSION = 1;

type StoredValue = readonly [hash: number, firstDay: number, lastDay: number, count: number];

/** A baseline as plain JSON values; features and metrics by name, so that new ones may join. */
export interface StoredTraffic extends Omit<TrafficBaseline, 'features' | 'addresses' | 'behind' | 'openDay'> {
  readonly version: number;
  readonly features: readonly (readonly [TrafficFeature, fadedNew: number, values: readonly StoredValue[]])[];
  readonly addresses: readonly (readonly [string, string])[];
  readonly behind: readonly (readonly [string, number])[];
  readonly openDay: TrafficBaseline['openDay'] | null;
}

export function storeTraffic(own: TrafficBaseline): StoredTraffic {
  return {
    ...own,
    version: VERSION,
    features: TRAFFIC_FEATURES.filter((feature) => own.features[feature].values.size > 0).map((feature) => {
      const { values, fadedNew } = own.features[feature];
      const stored = [...values].map(
        ([hash, { firstDay, lastDay, count }]): StoredValue => [hash, firstDay, lastDay, count],
      );
      return [feature, fadedNew, stored.sort(([a], [b]) => a - b)];
    }),
    addresses: sorted(own.addresses),
    behind: sorted(own.behind),
    openDay: own.openDay ?? null,
  };
}

/** @throws BaselineFormatError where another release wrote it in a form of its own */
export function restoreTraffic({
  version,
  features,
  addresses,
  behind,
  openDay,
  ...rest
}: StoredTraffic): TrafficBaseline {
  if (version !== VERSION)
    throw new BaselineFormatError(`traffic of version ${version}; this release reads ${VERSION}`);
  const empty = emptyTrafficBaseline(rest.firstEpoch);
  const own: TrafficBaseline = {
    ...empty,
    ...rest,
    openDay: openDay ?? undefined,
    addresses: new Map(addresses),
    behind: new Map(behind),
  };
  for (const [feature, fadedNew, values] of features) {
    own.features[feature].fadedNew = fadedNew;
    for (const [hash, firstDay, lastDay, count] of values)
      own.features[feature].values.set(hash, { firstDay, lastDay, count });
  }
  return own;
}

export interface StoredTrafficPopulation {
  readonly version: number;
  readonly parties: number;
  readonly daysByAge: readonly number[];
  readonly users: readonly (readonly [TrafficFeature, readonly (readonly [number, number])[]])[];
  readonly firstTimes: readonly (readonly [TrafficFeature, readonly number[]])[];
  readonly newByAge: readonly (readonly [TrafficFeature, readonly number[]])[];
  readonly hours: readonly (readonly [TrafficMetric, readonly [number, number, number]])[];
}

export function storeTrafficPopulation(population: TrafficPopulation): StoredTrafficPopulation {
  const { parties, daysByAge, users, firstTimes, newByAge, hours } = population;
  return {
    version: VERSION,
    parties,
    daysByAge,
    users: sorted(users).map(([feature, used]) => [feature, [...used].sort(([a], [b]) => a - b)]),
    firstTimes: sorted(firstTimes),
    newByAge: sorted(newByAge),
    hours: sorted(hours).map(([metric, { windows, sum, sumSquares }]) => [metric, [windows, sum, sumSquares]]),
  };
}

/** @throws BaselineFormatError where another release wrote it in a form of its own */
export function restoreTrafficPopulation(stored: StoredTrafficPopulation): TrafficPopulation {
  if (stored.version !== VERSION) throw new BaselineFormatError(`traffic of version ${stored.version}`);
  const population = emptyTrafficPopulation();
  population.parties = stored.parties;
  stored.daysByAge.forEach((days, age) => {
    population.daysByAge[age] = days;
  });
  for (const [feature, used] of stored.users) population.users.set(feature, new Map(used));
  for (const [feature, bins] of stored.firstTimes) population.firstTimes.set(feature, [...bins]);
  for (const [feature, counts] of stored.newByAge) population.newByAge.set(feature, [...counts]);
  for (const [metric, [windows, sum, sumSquares]] of stored.hours)
    population.hours.set(metric, { windows, sum, sumSquares });
  return population;
}

function sorted<K extends string, V>(map: ReadonlyMap<K, V>): readonly (readonly [K, V])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
