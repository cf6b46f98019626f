import { DAY_MS, dayOf, EPOCH_MS, type EpochIndex, epochStart } from '@portcullis/event';
import { ValueTable } from '../value-table.ts';
import type { TrafficHour } from './traffic-hour.ts';
import {
  noCounts,
  perTrafficFeature,
  TRAFFIC_FEATURES,
  TRAFFIC_METRICS,
  type TrafficCounts,
  type TrafficFeature,
  type TrafficMetric,
  type TrafficWindow,
} from './traffic-vocabulary.ts';

/** Faded number of windows with any, sum and sum of squares. */
export interface TrafficSums {
  windows: number;
  sum: number;
  sumSquares: number;
}

interface TrafficMemory {
  values: ValueTable;
  /** New values, faded by the active day. */
  fadedNew: number;
}

/** What is usual for a party's traffic. Bounded, however long it lives. */
export interface TrafficBaseline {
  readonly firstEpoch: EpochIndex;
  lastEpoch: EpochIndex;
  events: number;
  activeDays: number;
  fadedDays: number;
  readonly features: Readonly<Record<TrafficFeature, TrafficMemory>>;
  readonly counts: Readonly<Record<TrafficWindow, Record<TrafficMetric, TrafficSums>>>;
  readonly elapsed: Record<TrafficWindow, number>;
  openDay: { day: number; counts: TrafficCounts } | undefined;
  /** Own addresses by interface. */
  readonly addresses: Map<string, string>;
  /** Functions behind an API, by id of the actor: last day on which one answered its requests. */
  readonly behind: Map<string, number>;
}

/** As for actors: novelty fades by the active day, rates by the fortnight. */
const KEEP_PER_ACTIVE_DAY = 0.93;
const HALF_LIFE_DAYS = 14;
const WINDOW_MS: Readonly<Record<TrafficWindow, number>> = { hour: EPOCH_MS, day: DAY_MS };

/** Beyond, the quarter that was not seen for longest makes room. */
const MAX_VALUES = 2000;
const MAX_ADDRESSES = 64;

export function emptyTrafficBaseline(epoch: EpochIndex): TrafficBaseline {
  const none = () => mapped(noCounts(), (): TrafficSums => ({ windows: 0, sum: 0, sumSquares: 0 }));
  return {
    firstEpoch: epoch,
    lastEpoch: -1,
    events: 0,
    activeDays: 0,
    fadedDays: 0,
    features: perTrafficFeature(() => ({ values: new ValueTable(), fadedNew: 0 })),
    counts: { hour: none(), day: none() },
    elapsed: { hour: 0, day: 0 },
    openDay: undefined,
    addresses: new Map(),
    behind: new Map(),
  };
}

/** What the day of an hour counts, this hour included. */
export function trafficDay(own: TrafficBaseline | undefined, { delta, counts }: TrafficHour): TrafficCounts {
  const open = own?.openDay;
  return open === undefined || open.day !== dayOf(epochStart(delta.epoch)) ? counts : joined(open.counts, counts);
}

/** Values of a feature that the party never showed before; none for a party that is new itself. */
export function newTrafficValues(own: TrafficBaseline | undefined, { values }: TrafficHour, feature: TrafficFeature) {
  if (own === undefined || own.lastEpoch === -1) return [];
  return values[feature].filter(({ hash }) => !own.features[feature].values.has(hash));
}

/** Learns a sealed hour. Changes the baseline in place. */
export function learnTraffic(own: TrafficBaseline, hour: TrafficHour): void {
  const { delta, counts, values, addresses } = hour;
  const day = dayOf(epochStart(delta.epoch));
  const newDay = own.openDay?.day !== day;
  if (newDay) {
    own.activeDays += 1;
    own.fadedDays = KEEP_PER_ACTIVE_DAY * own.fadedDays + 1;
  }
  for (const feature of TRAFFIC_FEATURES) {
    const memory = own.features[feature];
    if (newDay) memory.fadedNew *= KEEP_PER_ACTIVE_DAY;
    for (const { hash, count } of values[feature]) if (memory.values.see(hash, day, count)) memory.fadedNew += 1;
    if (memory.values.size > MAX_VALUES) memory.values = latestOf(memory.values);
  }
  remember(own, 'hour', own.lastEpoch === -1 ? 1 : Math.max(0, delta.epoch - own.lastEpoch), counts);
  if (own.openDay !== undefined && newDay) {
    remember(own, 'day', own.elapsed.day === 0 ? 1 : Math.max(0, day - own.openDay.day), own.openDay.counts);
  }
  own.openDay = { day, counts: trafficDay(own, hour) };
  for (const [interfaceId, address] of addresses) {
    if (own.addresses.size < MAX_ADDRESSES || own.addresses.has(interfaceId)) own.addresses.set(interfaceId, address);
  }
  own.events += delta.events;
  own.lastEpoch = Math.max(own.lastEpoch, delta.epoch);
}

function latestOf(values: ValueTable): ValueTable {
  const kept = new ValueTable();
  const latest = [...values].sort(([a, x], [b, y]) => y.lastDay - x.lastDay || y.count - x.count || a - b);
  for (const [hash, memory] of latest.slice(0, (3 * MAX_VALUES) / 4)) kept.set(hash, memory);
  return kept;
}

function remember(own: TrafficBaseline, window: TrafficWindow, passed: number, counts: TrafficCounts): void {
  const keep = 2 ** (-(passed * WINDOW_MS[window]) / (HALF_LIFE_DAYS * DAY_MS));
  for (const metric of TRAFFIC_METRICS) addWindow(own.counts[window][metric], counts[metric], keep);
  own.elapsed[window] = keep * own.elapsed[window] + passed;
}

export function addWindow(sums: TrafficSums, count: number, keep: number): void {
  sums.windows = keep * sums.windows + (count > 0 ? 1 : 0);
  sums.sum = keep * sums.sum + count;
  sums.sumSquares = keep * sums.sumSquares + count * count;
}

/** Widest of the hours where hours cannot be added, the sum of the others. */
function joined(one: TrafficCounts, other: TrafficCounts): TrafficCounts {
  return mapped(one, (count, metric) => (WIDEST.has(metric) ? Math.max(count, other[metric]) : count + other[metric]));
}

const WIDEST: ReadonlySet<TrafficMetric> = new Set(['internalPeers', 'readPaths', 'probedPaths']);

function mapped<T>(counts: TrafficCounts, of: (count: number, metric: TrafficMetric) => T): Record<TrafficMetric, T> {
  return {
    egressKb: of(counts.egressKb, 'egressKb'),
    internalPeers: of(counts.internalPeers, 'internalPeers'),
    rejected: of(counts.rejected, 'rejected'),
    requests: of(counts.requests, 'requests'),
    refused: of(counts.refused, 'refused'),
    clientErrors: of(counts.clientErrors, 'clientErrors'),
    serverErrors: of(counts.serverErrors, 'serverErrors'),
    readPaths: of(counts.readPaths, 'readPaths'),
    probedPaths: of(counts.probedPaths, 'probedPaths'),
  };
}
