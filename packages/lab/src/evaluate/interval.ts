/** Both ends of a 95 % confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the standard normal distribution. */
const Z = 1.959963984540054;
const TAIL = 0.025;

/**
 * 95 % interval of a share, by Wilson's score: stays within 0 and 1 and is sensible for few trials.
 *
 * Without trials nothing is known: 0 to 1.
 *
 * @example
 * wilsonInterval(0, 10); // => { low: 0, high: 0.278 }
 */
export function wilsonInterval(hits: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = hits / trials;
  const spread = Z ** 2 / trials;
  const center = share + spread / 2;
  const reach = Z * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials));
  // At the ends the formula is exact, but its floating point is not
  return {
    low: hits === 0 ? 0 : (center - reach) / (1 + spread),
    high: hits === trials ? 1 : (center + reach) / (1 + spread),
  };
}

/**
 * Exact 95 % interval of the mean behind a Poisson count (Garwood 1936).
 *
 * Its ends are the means at which a count as high, or as low, has a chance of 2.5 %.
 *
 * @example
 * poissonInterval(0); // => { low: 0, high: 3.689 }
 */
export function poissonInterval(count: number): Interval {
  const most = count + 10 + 8 * Math.sqrt(count + 1);
  return {
    low: count === 0 ? 0 : meanWhere((mean) => 1 - atMost(count - 1, mean) > TAIL, most),
    high: meanWhere((mean) => atMost(count, mean) < TAIL, most),
  };
}

/** Smallest mean from which on the condition holds, by halving. */
function meanWhere(holds: (mean: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** P(X <= count) of a Poisson variable. Terms in logarithms, as e^-mean alone underflows. */
function atMost(count: number, mean: number): number {
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= count; k++) {
    logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
