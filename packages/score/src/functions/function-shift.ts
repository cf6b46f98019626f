import type { FadedMoments } from '@portcullis/baseline';

/** Hours below which nothing is known of how much a function varies. */
const MIN_HOURS = 24;

/** No function is steadier than this from hour to hour (in octaves): a tenth of one. */
const LEAST_DEVIATION = 0.1;

/** How far an hour lies above what is usual. */
export interface Shift {
  /** −log2 of the chance of an hour so far above, on a day of 24. */
  readonly bits: number;
  /** How many times the usual. */
  readonly ratio: number;
}

/**
 * How surprising an hourly mean of logarithms (base 2) is against the hours before: Student's t with as many degrees of freedom as
 * hours are remembered, which bounds what few hours may claim. `undefined` where it is not above, or nothing is known.
 *
 * @param noise - variance of the hourly mean that the hour's own numbers explain
 */
export function upwardShift(
  value: number,
  { weight, mean, sumSquares }: FadedMoments,
  noise: number,
): Shift | undefined {
  if (weight < MIN_HOURS || value <= mean) return undefined;
  const between = sumSquares / Math.max(1, weight - 1);
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(between * (1 + 1 / weight) + noise));
  const t = (value - mean) / deviation;
  // Tail of t by its density's order: exact enough far out, and never too sure
  const bits = (weight / 2) * Math.log2(1 + (t * t) / weight) - Math.log2(24);
  return bits <= 0 ? undefined : { bits, ratio: 2 ** (value - mean) };
}
