import { DAY_MS, EPOCH_MS, epochStart } from '@portcullis/event';
import type { ActivityDelta } from './activity-delta.ts';
import { type CountMemory, emptyCountMemory, rememberCount } from './count-memory.ts';
import { FEATURES, type Feature, perFeature } from './feature.ts';

/** Values remembered per feature; the least recently seen makes room. Bounds memory against hostile variety. */
const MAX_VALUES = 256;

/** How often an actor does new things fades per active day; half-life about ten active days. */
const NOVELTY_KEEP_PER_DAY = 0.93;

/** Novelty memory of one value: kept apart from rates, so that a yearly job stays known. */
export interface ValueMemory {
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  lastDay: number;
  count: number;
  /** The value itself; after decoding only the most frequent values have theirs. */
  name: string | undefined;
}

export interface FeatureMemory {
  /** By `valueHash`. */
  readonly values: Map<number, ValueMemory>;
  /** New values per day, faded by active day; divide by `ActorBaseline.fadedDays`. */
  fadedNew: number;
}

/** What is usual for one actor: the sealed part. Immutable between seals; only `seal` writes to it. */
export interface ActorBaseline {
  readonly firstDay: number;
  lastDay: number;
  /** Days with at least one event, since ever. */
  activeDays: number;
  /** The same, faded like `fadedNew`. */
  fadedDays: number;
  events: number;
  readonly features: Record<Feature, FeatureMemory>;
  /** Calls per active hour. */
  readonly hourly: CountMemory;
  /** Calls per active day, finished days only. */
  readonly daily: CountMemory;
  /** Calls so far on `lastDay`. */
  today: number;
}

export function emptyBaseline(day: number): ActorBaseline {
  return {
    firstDay: day,
    lastDay: -1,
    activeDays: 0,
    fadedDays: 0,
    events: 0,
    features: perFeature(() => ({ values: new Map(), fadedNew: 0 })),
    hourly: emptyCountMemory(),
    daily: emptyCountMemory(),
    today: 0,
  };
}

/** Values that a seal found new, by feature: what the population learns about novelty from. */
export type NewValues = Record<Feature, number[]>;

/**
 * Merges a finished epoch into the baseline and says what was new.
 *
 * Epochs of one actor must be sealed in order; those of different actors commute. Changes the
 * baseline in place: it is the accumulator of a fold that the caller owns.
 */
export function seal(baseline: ActorBaseline, delta: ActivityDelta): NewValues {
  const day = Math.floor(epochStart(delta.epoch) / DAY_MS);
  if (day > baseline.lastDay) beginDay(baseline, day);
  baseline.events += delta.events;
  baseline.today += delta.events;
  rememberCount(baseline.hourly, delta.epoch, EPOCH_MS, delta.events);
  const found = perFeature<number[]>(() => []);
  for (const feature of FEATURES) {
    const memory = baseline.features[feature];
    for (const sighting of delta.sightings[feature].list) {
      const { hash } = sighting;
      const known = memory.values.get(hash);
      if (known === undefined) {
        memory.values.set(hash, { firstDay: day, lastDay: day, count: sighting.count, name: sighting.value });
        found[feature].push(hash);
      } else {
        known.lastDay = day;
        known.count += sighting.count;
        known.name = sighting.value;
      }
    }
    memory.fadedNew += found[feature].length;
    if (memory.values.size > MAX_VALUES) dropStalest(memory);
  }
  return found;
}

function beginDay(baseline: ActorBaseline, day: number): void {
  if (baseline.activeDays > 0) rememberCount(baseline.daily, baseline.lastDay, DAY_MS, baseline.today);
  baseline.today = 0;
  baseline.lastDay = day;
  baseline.activeDays += 1;
  baseline.fadedDays = NOVELTY_KEEP_PER_DAY * baseline.fadedDays + 1;
  for (const feature of FEATURES) baseline.features[feature].fadedNew *= NOVELTY_KEEP_PER_DAY;
}

function dropStalest({ values }: FeatureMemory): void {
  const stalest = [...values].sort(([a, x], [b, y]) => x.lastDay - y.lastDay || x.count - y.count || a - b);
  for (const [hash] of stalest.slice(0, values.size - MAX_VALUES)) values.delete(hash);
}

export interface UsualValue {
  readonly value: string;
  readonly count: number;
}

/** The most frequent value whose text is known; ties as the codec breaks them. */
export function mostUsual({ values }: FeatureMemory): UsualValue | undefined {
  let most: readonly [number, ValueMemory] | undefined;
  for (const entry of values) {
    if (entry[1].name !== undefined && (most === undefined || byFrequency(entry, most) < 0)) most = entry;
  }
  const [, memory] = most ?? [];
  return memory?.name === undefined ? undefined : { value: memory.name, count: memory.count };
}

export function byFrequency([a, x]: readonly [number, ValueMemory], [b, y]: readonly [number, ValueMemory]): number {
  return y.count - x.count || a - b;
}
