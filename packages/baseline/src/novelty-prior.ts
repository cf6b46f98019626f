import type { Feature } from './feature.ts';
import { ageBucket, type NoveltyStatistics, surprisalBin } from './population.ts';

/** Active days that the shipped learning curve weighs like. */
const PRIOR_DAYS = 20;

/** First-time values that the shipped surprisals weigh like. */
const PRIOR_VALUES = 30;

/**
 * New values per active day by age bucket, before anything is known of an account. An actor's first
 * day is nearly all new; the curve falls steeply and differs by feature.
 */
const NEW_VALUES_PER_DAY: Record<Feature, readonly number[]> = {
  action: [12, 2.5, 1, 0.5, 0.25],
  service: [4, 0.5, 0.2, 0.1, 0.05],
  network: [1.6, 0.5, 0.3, 0.2, 0.12],
  owner: [1.2, 0.15, 0.08, 0.05, 0.03],
  region: [1.3, 0.1, 0.05, 0.03, 0.02],
  product: [1.3, 0.1, 0.05, 0.03, 0.02],
  agent: [1.6, 0.2, 0.1, 0.06, 0.04],
  session: [1, 0.05, 0.03, 0.02, 0.01],
  data: [3, 0.8, 0.4, 0.25, 0.15],
  target: [4, 1.2, 0.6, 0.4, 0.25],
  grant: [0.3, 0.08, 0.05, 0.03, 0.02],
  hour: [4, 1, 0.4, 0.15, 0.08],
};

/** Bits in which the share of benign first-time values at least as surprising falls by half. */
const SURPRISAL_HALF_BITS: Record<Feature, number> = {
  action: 2.5,
  service: 2.5,
  network: 6,
  owner: 3,
  region: 3,
  product: 3,
  agent: 4,
  session: 3,
  data: 4,
  target: 6,
  grant: 3,
  hour: 2,
};

/** New values of a feature that actors of this age show per active day: local figures over the shipped ones. */
export function expectedNewValues(novelty: NoveltyStatistics, feature: Feature, ageDays: number): number {
  const bucket = ageBucket(ageDays);
  const prior = NEW_VALUES_PER_DAY[feature][bucket] ?? 0.05;
  const found = novelty.newValues[feature][bucket] ?? 0;
  const days = novelty.activeDays[bucket] ?? 0;
  return (PRIOR_DAYS * prior + found) / (PRIOR_DAYS + days);
}

/**
 * Share of benign first-time values that surprise at least as much, in (0, 1).
 *
 * Counted where the account has seen enough, leaning on an exponential fall where it has not.
 */
export function shareAtLeastAsSurprising(novelty: NoveltyStatistics, feature: Feature, bits: number): number {
  const counts = novelty.surprisals[feature];
  const from = surprisalBin(bits);
  let above = 0;
  let all = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] ?? 0;
    all += count;
    if (bin >= from) above += count;
  }
  const prior = 2 ** (-bits / SURPRISAL_HALF_BITS[feature]);
  return (PRIOR_VALUES * prior + above + 1) / (PRIOR_VALUES + all + 2);
}
