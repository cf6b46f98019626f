import type { Feature } from './feature.ts';
import shipped from './generated/novelty.json' with { type: 'json' };
import { ageBucket, type NoveltyStatistics, surprisalBin } from './population.ts';

/** Active days that the shipped learning curve weighs like. */
const PRIOR_DAYS = 20;

/** First-time values that the shipped surprisals weigh like. */
const PRIOR_VALUES = 30;

/**
 * What is expected before anything is known of an account, by feature: new values per active day by age bucket (an
 * actor's first day is nearly all new; the curve falls steeply), and the bits in which the share of benign
 * first-time values at least as surprising falls by half. Measured on simulated organizations by
 * `packages/lab/scripts/measure-priors.ts`.
 */
const SHIPPED: Readonly<Record<Feature, { readonly newPerDay: readonly number[]; readonly halfBits: number }>> =
  shipped;

/** New values of a feature that actors of this age show per active day: local figures over the shipped ones. */
export function expectedNewValues(novelty: NoveltyStatistics, feature: Feature, ageDays: number): number {
  const bucket = ageBucket(ageDays);
  const prior = SHIPPED[feature].newPerDay[bucket] ?? 0.05;
  const found = novelty.newValues[feature][bucket] ?? 0;
  const days = novelty.activeDays[bucket] ?? 0;
  return (PRIOR_DAYS * prior + found) / (PRIOR_DAYS + days);
}

/**
 * Actors that must be known before "nobody ever did this" means anything: the fewer others there are, the less
 * rare is what none of them does.
 */
const ACTORS_TO_COMPARE = 10;

/**
 * Share of benign first-time values that surprise at least as much, in (0, 1].
 *
 * Counted where the account has seen enough, leaning on an exponential fall where it has not. In an account of few
 * actors the share stays near 1, whatever the surprise: with N others it is at least (10 / (N + 10))².
 *
 * @param others - actors of the account
 */
export function shareAtLeastAsSurprising(
  novelty: NoveltyStatistics,
  feature: Feature,
  bits: number,
  others: number,
): number {
  const counts = novelty.surprisals[feature];
  const from = surprisalBin(bits);
  let above = 0;
  let all = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] ?? 0;
    all += count;
    if (bin >= from) above += count;
  }
  const prior = 2 ** (-bits / SHIPPED[feature].halfBits);
  const share = (PRIOR_VALUES * prior + above + 1) / (PRIOR_VALUES + all + 2);
  return Math.max(share, (ACTORS_TO_COMPARE / (others + ACTORS_TO_COMPARE)) ** 2);
}
