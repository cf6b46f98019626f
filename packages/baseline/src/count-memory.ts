import { DAY_MS } from '@portcullis/event';
import { type Counts, METRICS, type Metric, metricIndex, WINDOW_MS, WINDOWS, type Window } from './metric.ts';

/** Rates are remembered for weeks, not for ever: old windows lose half their vote in this time. */
const HALF_LIFE_DAYS = 14;

/** Faded number of windows with any, sum and sum of squares. */
const SUMS = 3;

/**
 * How large each metric was in the windows in which there was any: negative binomials in the making.
 *
 * All sums fade with one half-life. Windows without any are not stored; they show in `elapsed`, the faded
 * number of windows since the first, so that the share of windows with any is `windows / elapsed`. Single
 * precision, in memory as in storage, so that a baseline read back goes on exactly as it would have.
 */
export interface CountMemory {
  /** By window, metric, then (windows, sum, sum of squares). */
  readonly sums: Float32Array;
  /** By window: faded number of windows, active or not, since the first. */
  readonly elapsed: Float32Array;
  /** By window: index of the last that joined; -1 before the first. */
  readonly last: Int32Array;
}

export function emptyCountMemory(): CountMemory {
  return {
    sums: new Float32Array(WINDOWS.length * METRICS.length * SUMS),
    elapsed: new Float32Array(WINDOWS.length),
    last: new Int32Array(WINDOWS.length).fill(-1),
  };
}

/** Adds a finished active window. Changes the memory in place; a window older than the last joins unfaded. */
export function rememberCounts(memory: CountMemory, window: Window, index: number, counts: Counts): void {
  const w = WINDOWS.indexOf(window);
  const last = memory.last[w] ?? -1;
  const passed = last === -1 ? 1 : Math.max(0, index - last);
  const keep = 2 ** (-(passed * WINDOW_MS[window]) / (HALF_LIFE_DAYS * DAY_MS));
  const { sums } = memory;
  for (let metric = 0; metric < METRICS.length; metric++) {
    const at = (w * METRICS.length + metric) * SUMS;
    const count = counts[metric] ?? 0;
    const any = count > 0 ? 1 : 0;
    sums[at] = keep * (sums[at] ?? 0) + any;
    sums[at + 1] = keep * (sums[at + 1] ?? 0) + count;
    sums[at + 2] = keep * (sums[at + 2] ?? 0) + count * count;
  }
  memory.elapsed[w] = keep * (memory.elapsed[w] ?? 0) + passed;
  memory.last[w] = Math.max(last, index);
}

/** The sums behind one metric of one window, faded. */
export function windowSums({ sums, elapsed }: CountMemory, window: Window, metric: Metric) {
  const w = WINDOWS.indexOf(window);
  const at = (w * METRICS.length + metricIndex(metric)) * SUMS;
  return { windows: sums[at] ?? 0, sum: sums[at + 1] ?? 0, sumSquares: sums[at + 2] ?? 0, elapsed: elapsed[w] ?? 0 };
}

/** Whether a window of this length is over since the actor was first seen. */
export function hasFinished({ last }: CountMemory, window: Window): boolean {
  return last[WINDOWS.indexOf(window)] !== -1;
}

/** What others count in windows with any: what a young memory leans on. */
export interface CountPrior {
  readonly mean: number;
  readonly dispersion: number;
  /** Windows that its mean weighs like. */
  readonly windows: number;
}

/** What a memory says about its next window. */
export interface CountExpectation {
  /** Mean of windows with any, shrunk to the prior's. */
  readonly mean: number;
  /** Negative binomial size: the smaller, the burstier. */
  readonly dispersion: number;
  /** Share of windows with any, in (0, 1]. */
  readonly activeShare: number;
  /** Windows with any behind the estimate, faded. */
  readonly windows: number;
}

/** Steadier than this and a count is taken for Poisson. */
const MAX_DISPERSION = 100;

/** Windows that a prior's dispersion weighs like. */
const PRIOR_DISPERSION_WINDOWS = 3;

/** Windows that the mean of others weighs like: they are alike in kind, not in size. */
const OTHERS_MEAN_WINDOWS = 0.7;

/** Where nobody else is known: three a window, as bursty as a geometric count. Gives way to the first own window. */
export const SHIPPED_COUNT_PRIOR: CountPrior = { mean: 3, dispersion: 1, windows: 0.05 };

export function expectCount(memory: CountMemory, window: Window, metric: number, prior: CountPrior): CountExpectation {
  const w = WINDOWS.indexOf(window);
  const at = (w * METRICS.length + metric) * SUMS;
  const { sums, elapsed } = memory;
  return expectationOf(sums[at] ?? 0, sums[at + 1] ?? 0, sums[at + 2] ?? 0, elapsed[w] ?? 0, prior);
}

/**
 * What faded sums say about the next window: method of moments, shrunk to the prior, with the doubt about both parameters
 * folded into the dispersion so that a young memory expects wide swings.
 *
 * @param windows - of these, how many had any
 * @param elapsed - windows since the first
 */
export function expectationOf(
  windows: number,
  sum: number,
  sumSquares: number,
  elapsed: number,
  prior: CountPrior,
): CountExpectation {
  const mean = (sum + prior.windows * prior.mean) / (windows + prior.windows);
  // One window tells a mean but no spread: the own dispersion weighs like the windows beyond the first
  const spread = Math.max(0, windows - 1);
  const own = spread > 0 ? momentsOf(windows, sum, sumSquares).dispersion : 0;
  const shrunk = (spread * own + PRIOR_DISPERSION_WINDOWS * prior.dispersion) / (spread + PRIOR_DISPERSION_WINDOWS);
  const doubt = 1 / shrunk + (1 / mean + 1 / shrunk) / (windows + 0.5);
  const activeShare = Math.min(1, (windows + 0.5) / (elapsed + 1));
  return { mean, dispersion: 1 / doubt, activeShare, windows };
}

/** Mean and dispersion of counts by the method of moments, variance unbiased; `windows` must exceed one. */
export function momentsOf(windows: number, sum: number, sumSquares: number): CountPrior {
  const mean = sum / windows;
  const variance = (Math.max(0, sumSquares / windows - mean * mean) * windows) / (windows - 1);
  const dispersion = variance > mean ? (mean * mean) / (variance - mean) : MAX_DISPERSION;
  return { mean, dispersion: Math.min(dispersion, MAX_DISPERSION), windows: OTHERS_MEAN_WINDOWS };
}
