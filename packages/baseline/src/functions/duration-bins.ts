/** Quarters of an octave from a tenth of a millisecond to beyond the fifteen minutes a function may take. */
const BINS_PER_OCTAVE = 4;
const SMALLEST_MS = 0.1;
export const DURATION_BINS = 96;

/** Bin of a duration; what lies outside joins the first or the last. */
export function durationBin(ms: number): number {
  if (ms <= SMALLEST_MS) return 0;
  return Math.min(DURATION_BINS - 1, Math.floor(Math.log2(ms / SMALLEST_MS) * BINS_PER_OCTAVE));
}

/** Mean and variance of the logarithm (base 2) of durations, from their bins. */
export function logMoments(bins: readonly number[]): { readonly mean: number; readonly variance: number } {
  let count = 0;
  let sum = 0;
  let squares = 0;
  bins.forEach((times, bin) => {
    const value = (bin + 0.5) / BINS_PER_OCTAVE;
    count += times;
    sum += times * value;
    squares += times * value * value;
  });
  if (count === 0) return { mean: 0, variance: 0 };
  const mean = sum / count;
  return { mean, variance: Math.max(0, squares / count - mean * mean) };
}
