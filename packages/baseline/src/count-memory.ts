import { DAY_MS } from '@portcullis/event';

/** Rates are remembered for weeks, not for ever: old windows lose half their vote in this time. */
const HALF_LIFE_DAYS = 14;

/**
 * How large a count was in the windows in which there was any: a negative binomial in the making.
 *
 * All sums fade with one half-life. Windows without a single event are not stored; they show in
 * `elapsed`, the faded number of windows since the first, so that the share of active windows is
 * `windows / elapsed`.
 */
export interface CountMemory {
  /** Faded number of active windows. */
  windows: number;
  sum: number;
  sumSquares: number;
  /** Faded number of windows, active or not, since the first. */
  elapsed: number;
  /** Index of the last window that joined; -1 before the first. */
  lastWindow: number;
}

export function emptyCountMemory(): CountMemory {
  return { windows: 0, sum: 0, sumSquares: 0, elapsed: 0, lastWindow: -1 };
}

/** Adds a finished active window. Changes the memory in place; a window older than the last joins unfaded. */
export function rememberCount(memory: CountMemory, window: number, windowMs: number, count: number): void {
  const passed = memory.lastWindow === -1 ? 1 : Math.max(0, window - memory.lastWindow);
  const keep = 2 ** (-(passed * windowMs) / (HALF_LIFE_DAYS * DAY_MS));
  memory.windows = keep * memory.windows + 1;
  memory.sum = keep * memory.sum + count;
  memory.sumSquares = keep * memory.sumSquares + count * count;
  memory.elapsed = keep * memory.elapsed + passed;
  memory.lastWindow = Math.max(memory.lastWindow, window);
}

/** Mean and size of counts among others, which a young memory leans on. */
export interface CountPrior {
  readonly mean: number;
  readonly dispersion: number;
}

/** What a memory says about its next active window. */
export interface CountExpectation {
  /** Mean of active windows, shrunk to the prior's. */
  readonly mean: number;
  /** Negative binomial size: the smaller, the burstier. */
  readonly dispersion: number;
  /** Share of windows with any activity, in (0, 1]. */
  readonly activeShare: number;
  /** Active windows behind the estimate, faded. */
  readonly windows: number;
}

/** Steadier than this and a count is taken for Poisson. */
const MAX_DISPERSION = 100;

/** Pseudo-windows that the prior weighs like: few for the mean, more for the dispersion. */
const PRIOR_MEAN_WINDOWS = 0.7;
const PRIOR_DISPERSION_WINDOWS = 3;

/** Where nobody else is known: three calls an hour, as bursty as a geometric count. */
export const SHIPPED_COUNT_PRIOR: CountPrior = { mean: 3, dispersion: 1 };

/**
 * Method of moments, shrunk to the prior, with the doubt about both parameters folded into the
 * dispersion so that a young memory expects wide swings.
 */
export function expectCount(memory: CountMemory, prior: CountPrior): CountExpectation {
  const { windows, sum } = memory;
  const mean = (sum + PRIOR_MEAN_WINDOWS * prior.mean) / (windows + PRIOR_MEAN_WINDOWS);
  // One window tells a mean but no spread: the own dispersion weighs like the windows beyond the first
  const spread = Math.max(0, windows - 1);
  const own = spread > 0 ? momentsOf(windows, sum, memory.sumSquares).dispersion : 0;
  const shrunk = (spread * own + PRIOR_DISPERSION_WINDOWS * prior.dispersion) / (spread + PRIOR_DISPERSION_WINDOWS);
  const doubt = 1 / shrunk + (1 / mean + 1 / shrunk) / (windows + 0.5);
  const activeShare = Math.min(1, (windows + 0.5) / (memory.elapsed + 1));
  return { mean, dispersion: 1 / doubt, activeShare, windows };
}

/** Mean and dispersion of counts by the method of moments, variance unbiased; `windows` must exceed one. */
export function momentsOf(windows: number, sum: number, sumSquares: number): CountPrior {
  const mean = sum / windows;
  const variance = (Math.max(0, sumSquares / windows - mean * mean) * windows) / (windows - 1);
  const dispersion = variance > mean ? (mean * mean) / (variance - mean) : MAX_DISPERSION;
  return { mean, dispersion: Math.min(dispersion, MAX_DISPERSION) };
}
