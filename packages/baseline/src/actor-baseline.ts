import { DAY_MS, epochStart } from '@portcullis/event';
import { type ActivityDelta, deriveFeatures } from './activity-delta.ts';
import { type CountMemory, emptyCountMemory, rememberCounts } from './count-memory.ts';
import { countsOf, finishedDay, finishedWeek } from './counts.ts';
import { FEATURE_BOUNDS, FEATURES, type Feature, perFeature } from './feature.ts';
import { type Counts, metricIndex, noCounts, weekOf } from './metric.ts';
import { keepNames } from './value-names.ts';
import { ValueTable } from './value-table.ts';

/** How often an actor does new things fades per active day; half-life about ten active days. */
const NOVELTY_KEEP_PER_DAY = 0.93;

/** Active days kept one by one: what a week of seven days is summed from. */
const RECENT_DAYS = 7;

export interface FeatureMemory {
  /** By `valueHash`. */
  readonly values: ValueTable;
  /** Texts of the most frequent values, by the same hash. */
  readonly names: Map<number, string>;
  /** New values per day, faded by active day; divide by `ActorBaseline.fadedDays`. */
  fadedNew: number;
}

/** What was counted on one active day. */
export interface DayCounts {
  readonly day: number;
  readonly counts: Counts;
}

/** What is usual for one actor: the sealed part. Immutable between seals; only `seal` writes to it. */
export interface ActorBaseline {
  readonly firstDay: number;
  lastDay: number;
  /** Days with at least one event, since ever. */
  activeDays: number;
  /** The same, faded like `fadedNew`. */
  fadedDays: number;
  /** Longest silence between two active days, in days; 0 for consecutive ones. */
  longestGap: number;
  events: number;
  readonly features: Record<Feature, FeatureMemory>;
  /** Counts of finished hours, days and weeks. */
  readonly counts: CountMemory;
  /** The last active days, oldest first; the last of them is `lastDay`, so far. */
  recentDays: readonly DayCounts[];
}

export function emptyBaseline(day: number): ActorBaseline {
  return {
    firstDay: day,
    lastDay: -1,
    activeDays: 0,
    fadedDays: 0,
    longestGap: 0,
    events: 0,
    features: perFeature(() => ({ values: new ValueTable(), names: new Map(), fadedNew: 0 })),
    counts: emptyCountMemory(),
    recentDays: [],
  };
}

/** Active days of an actor before this one: its age, in the days that it showed itself. */
export function ageOn(baseline: ActorBaseline | undefined, day: number): number {
  if (baseline === undefined) return 0;
  return baseline.lastDay === day ? baseline.activeDays - 1 : baseline.activeDays;
}

/** Values that a seal found new, by feature: what the population learns about novelty from. */
export type NewValues = Record<Feature, number[]>;

/** What a seal made of an epoch: what was new, and which windows it finished. */
export interface Sealed {
  readonly newValues: NewValues;
  readonly hour: Counts;
  /** The day before, where the epoch begins another. */
  readonly day: Counts | undefined;
  readonly week: Counts | undefined;
}

/**
 * Merges a finished epoch into the baseline and says what was new.
 *
 * Epochs of one actor must be sealed in order; those of different actors commute. Changes the
 * baseline in place: it is the accumulator of a fold that the caller owns.
 */
export function seal(baseline: ActorBaseline, delta: ActivityDelta): Sealed {
  deriveFeatures(delta, baseline);
  const today = Math.floor(epochStart(delta.epoch) / DAY_MS);
  const hour = countsOf(delta, baseline);
  const finished = today > baseline.lastDay ? beginDay(baseline, today) : NOTHING_FINISHED;
  baseline.events += delta.events;
  rememberCounts(baseline.counts, 'hour', delta.epoch, hour);
  const newValues = perFeature<number[]>(() => []);
  for (const feature of FEATURES) {
    const memory = baseline.features[feature];
    for (const sighting of delta.sightings[feature].list) {
      const { hash } = sighting;
      if (memory.values.see(hash, today, sighting.count)) newValues[feature].push(hash);
    }
    // Populations make room in the order in which values joined: that of their arrival must not show
    if (newValues[feature].length > 1) newValues[feature].sort((a, b) => a - b);
    memory.fadedNew += newValues[feature].length;
    const { values: bound, named } = FEATURE_BOUNDS[feature];
    if (memory.values.size > bound) dropStalest(memory, bound);
    keepNames(memory, delta.sightings[feature].list, named);
  }
  addToday(baseline, hour);
  return { newValues, hour, ...finished };
}

const NOTHING_FINISHED = { day: undefined, week: undefined };
const DATA_RESOURCES = metricIndex('dataResources');

function beginDay(baseline: ActorBaseline, today: number): Pick<Sealed, 'day' | 'week'> {
  const { lastDay } = baseline;
  const day = baseline.activeDays === 0 ? undefined : finishedDay(baseline);
  const week = day !== undefined && weekOf(today) > weekOf(lastDay) ? finishedWeek(baseline) : undefined;
  if (day !== undefined) {
    rememberCounts(baseline.counts, 'day', lastDay, day);
    baseline.longestGap = Math.max(baseline.longestGap, today - lastDay - 1);
  }
  if (week !== undefined) rememberCounts(baseline.counts, 'week', weekOf(lastDay), week);
  const recent = baseline.recentDays.filter((known) => known.day > today - RECENT_DAYS);
  baseline.recentDays = [...recent, { day: today, counts: noCounts() }];
  baseline.lastDay = today;
  baseline.activeDays += 1;
  baseline.fadedDays = NOVELTY_KEEP_PER_DAY * baseline.fadedDays + 1;
  for (const feature of FEATURES) baseline.features[feature].fadedNew *= NOVELTY_KEEP_PER_DAY;
  return { day, week };
}

function addToday(baseline: ActorBaseline, hour: Counts): void {
  const today = baseline.recentDays.at(-1);
  if (today === undefined) return;
  for (let metric = 0; metric < hour.length; metric++) {
    today.counts[metric] = (today.counts[metric] ?? 0) + (hour[metric] ?? 0);
  }
  today.counts[DATA_RESOURCES] = baseline.features.data.values.seenSince(today.day);
}

function dropStalest({ values, names }: FeatureMemory, bound: number): void {
  const stalest = [...values].sort(([a, x], [b, y]) => x.lastDay - y.lastDay || x.count - y.count || a - b);
  for (const [hash] of stalest.slice(0, values.size - bound)) {
    values.delete(hash);
    names.delete(hash);
  }
}
