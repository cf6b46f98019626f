import type { Random } from '../../random.ts';

/** Log-normal: half the draws lie below the median; `spread` is the standard deviation of the logarithm. */
export function logNormal(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  return median * Math.exp(spread * normal);
}

export function between(random: Random, from: number, to: number): number {
  return from + random.float() * (to - from);
}

/** Rank from 0 on, nearly in proportion to 1 / (rank + 1): few favourites, a long tail. */
export function zipfRank(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random.float()) - 1);
}

export function sample<T>(random: Random, items: readonly T[], count: number): T[] {
  return random.shuffled(items).slice(0, Math.max(0, Math.round(count)));
}
