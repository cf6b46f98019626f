import { DAY_MS, EPOCH_MS } from '@portcullis/event';

/**
 * What is counted per hour, day and week.
 *
 * `calls`; `denied` and `errors` among them; `changes` and `dataReads` by what they do; `resources` and
 * `dataResources`: distinct things touched, and things whose content was read; `newData`: such things never
 * read before; `newValues`: anything never shown before, over all features.
 */
export const METRICS = [
  'calls',
  'denied',
  'errors',
  'changes',
  'dataReads',
  'resources',
  'dataResources',
  'newData',
  'newValues',
] as const;

export type Metric = (typeof METRICS)[number];

/** One number per metric, in the order of `METRICS`. */
export type Counts = number[];

export const WINDOWS = ['hour', 'day', 'week'] as const;

export type Window = (typeof WINDOWS)[number];

export const WINDOW_MS: Readonly<Record<Window, number>> = { hour: EPOCH_MS, day: DAY_MS, week: 7 * DAY_MS };

export function noCounts(): Counts {
  return METRICS.map(() => 0);
}

export function metricIndex(metric: Metric): number {
  return METRICS.indexOf(metric);
}

/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
export function weekOf(day: number): number {
  return Math.floor((day + 3) / 7);
}

/** First day of a week. */
export function weekStart(week: number): number {
  return week * 7 - 3;
}
