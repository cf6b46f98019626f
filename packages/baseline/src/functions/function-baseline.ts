import { DAY_MS, dayOf, EPOCH_MS, type EpochIndex, epochStart } from '@portcullis/event';
import type { Witness } from '../witness.ts';
import { logMoments } from './duration-bins.ts';
import type { FunctionDelta } from './function-delta.ts';

/** What is counted of a function per hour and per day. `billedSeconds`: time that is paid for. */
const FUNCTION_METRICS = ['invocations', 'errors', 'timeouts', 'coldStarts', 'billedSeconds', 'lines'] as const;

export type FunctionMetric = (typeof FUNCTION_METRICS)[number];

export type FunctionCounts = Readonly<Record<FunctionMetric, number>>;

/** What is remembered by hour of the day as well: a burst each morning is no burst. */
export const DAILY_METRICS = ['invocations', 'billedSeconds'] as const;

type DailyMetric = (typeof DAILY_METRICS)[number];

const FUNCTION_WINDOWS = ['hour', 'day'] as const;

export type FunctionWindow = (typeof FUNCTION_WINDOWS)[number];

/** Faded sums over windows with any; the same form of memory that actors have, for fewer things. */
interface FadedSums {
  windows: number;
  sum: number;
  sumSquares: number;
}

/** Faded moments of something that has a value in every active hour. */
export interface FadedMoments {
  weight: number;
  mean: number;
  sumSquares: number;
}

/** What is usual for a function, by its own logs. */
export interface FunctionBaseline {
  readonly firstEpoch: EpochIndex;
  lastEpoch: EpochIndex;
  /** Invocations since it last wrote a line of its own. */
  runsWithoutLines: number;
  /** Longest time without any line, in hours. */
  longestGap: number;
  activeDays: number;
  invocations: number;
  readonly counts: Readonly<Record<FunctionWindow, Record<FunctionMetric, FadedSums>>>;
  /** The same by hour of the day (UTC), of what has a daily course; an hour without any has none. */
  readonly daily: Record<DailyMetric, (FadedSums | null)[]>;
  /** Faded number of windows since the first, active or not. */
  readonly elapsed: Record<FunctionWindow, number>;
  /** The last active day, which may go on. */
  openDay: { day: number; counts: FunctionCounts } | undefined;
  /** Of the logarithm of durations: hourly means, and the variance within an hour. */
  readonly duration: FadedMoments;
  durationWithin: number;
  /** Of the logarithm of the largest memory in use within an hour. */
  readonly memory: FadedMoments;
  /** A line of its last active epoch. */
  lastWitness: Witness | undefined;
}

/** As for actors: old windows lose half their vote in this time. */
const HALF_LIFE_DAYS = 14;

const WINDOW_MS: Readonly<Record<FunctionWindow, number>> = { hour: EPOCH_MS, day: DAY_MS };

export function emptyFunctionBaseline(epoch: EpochIndex): FunctionBaseline {
  const none = () =>
    Object.fromEntries(FUNCTION_METRICS.map((metric) => [metric, { windows: 0, sum: 0, sumSquares: 0 }])) as Record<
      FunctionMetric,
      FadedSums
    >;
  return {
    firstEpoch: epoch,
    lastEpoch: -1,
    runsWithoutLines: 0,
    longestGap: 0,
    activeDays: 0,
    invocations: 0,
    counts: { hour: none(), day: none() },
    daily: { invocations: new Array(24).fill(null), billedSeconds: new Array(24).fill(null) },
    elapsed: { hour: 0, day: 0 },
    openDay: undefined,
    duration: { weight: 0, mean: 0, sumSquares: 0 },
    durationWithin: 0,
    memory: { weight: 0, mean: 0, sumSquares: 0 },
    lastWitness: undefined,
  };
}

export function countsOfFunction({
  invocations,
  coldStarts,
  billedMs,
  troubled,
  lines,
}: FunctionDelta): FunctionCounts {
  let timeouts = 0;
  for (const status of troubled.values()) if (status === 'timeout') timeouts += 1;
  return {
    invocations,
    errors: troubled.size - timeouts,
    timeouts,
    coldStarts,
    billedSeconds: Math.ceil(billedMs / 1000),
    lines,
  };
}

/** What the day of an epoch counts, this epoch included. */
export function dayCounts(own: FunctionBaseline | undefined, epoch: EpochIndex, hour: FunctionCounts): FunctionCounts {
  const open = own?.openDay;
  return open === undefined || open.day !== dayOf(epochStart(epoch)) ? hour : added(open.counts, hour);
}

/** Learns a sealed epoch. Changes the baseline in place. */
export function learnFunction(own: FunctionBaseline, delta: FunctionDelta): void {
  const hour = countsOfFunction(delta);
  const day = dayOf(epochStart(delta.epoch));
  rememberDaily(own, delta.epoch, hour);
  remember(own, 'hour', own.lastEpoch === -1 ? 1 : Math.max(0, delta.epoch - own.lastEpoch), hour);
  if (own.openDay?.day === day) {
    own.openDay = { day, counts: added(own.openDay.counts, hour) };
  } else {
    if (own.openDay !== undefined)
      remember(own, 'day', own.elapsed.day === 0 ? 1 : day - own.openDay.day, own.openDay.counts);
    own.openDay = { day, counts: hour };
    own.activeDays += 1;
  }
  if (delta.invocations > 0) {
    const { mean, variance } = logMoments(delta.durations);
    const weight = join(own.duration, mean);
    own.durationWithin += (variance - own.durationWithin) / weight;
    if (delta.maxMemoryMb > 0) join(own.memory, Math.log2(delta.maxMemoryMb));
  }
  own.invocations += delta.invocations;
  own.runsWithoutLines = delta.lines > 0 ? 0 : own.runsWithoutLines + delta.invocations;
  own.lastWitness = delta.sample.witnesses[0] ?? own.lastWitness;
  if (own.lastEpoch !== -1) own.longestGap = Math.max(own.longestGap, delta.epoch - own.lastEpoch - 1);
  own.lastEpoch = Math.max(own.lastEpoch, delta.epoch);
}

function remember(own: FunctionBaseline, window: FunctionWindow, passed: number, counts: FunctionCounts): void {
  const keep = 2 ** (-(passed * WINDOW_MS[window]) / (HALF_LIFE_DAYS * DAY_MS));
  for (const metric of FUNCTION_METRICS) {
    const sums = own.counts[window][metric];
    const count = counts[metric];
    sums.windows = keep * sums.windows + (count > 0 ? 1 : 0);
    sums.sum = keep * sums.sum + count;
    sums.sumSquares = keep * sums.sumSquares + count * count;
  }
  own.elapsed[window] = keep * own.elapsed[window] + passed;
}

/** Fades by the times that this hour of the day had any. */
function rememberDaily({ daily }: FunctionBaseline, epoch: EpochIndex, counts: FunctionCounts): void {
  const hour = hourOf(epoch);
  for (const metric of DAILY_METRICS) {
    const count = counts[metric];
    const sums = daily[metric][hour] ?? { windows: 0, sum: 0, sumSquares: 0 };
    sums.windows = DAILY_KEEP * sums.windows + 1;
    sums.sum = DAILY_KEEP * sums.sum + count;
    sums.sumSquares = DAILY_KEEP * sums.sumSquares + count * count;
    daily[metric][hour] = sums;
  }
}

/** Half a vote in two weeks, as elsewhere. */
const DAILY_KEEP = 2 ** (-1 / HALF_LIFE_DAYS);

/** Hour of the day, in UTC. */
export function hourOf(epoch: EpochIndex): number {
  return ((epoch % 24) + 24) % 24;
}

/** Weight at which a moment has seen enough: what it takes up beyond fades what was before. */
const MAX_WEIGHT = 14 * 24;

/** West's weighted form of Welford's update. */
function join(moments: FadedMoments, value: number): number {
  const kept = Math.min(moments.weight, MAX_WEIGHT - 1);
  const shrunk = moments.weight === 0 ? 0 : moments.sumSquares * (kept / moments.weight);
  const weight = kept + 1;
  const delta = value - moments.mean;
  const mean = moments.mean + delta / weight;
  moments.weight = weight;
  moments.mean = mean;
  moments.sumSquares = shrunk + delta * (value - mean);
  return weight;
}

function added(one: FunctionCounts, other: FunctionCounts): FunctionCounts {
  return {
    invocations: one.invocations + other.invocations,
    errors: one.errors + other.errors,
    timeouts: one.timeouts + other.timeouts,
    coldStarts: one.coldStarts + other.coldStarts,
    billedSeconds: one.billedSeconds + other.billedSeconds,
    lines: one.lines + other.lines,
  };
}
