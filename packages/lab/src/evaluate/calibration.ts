import type { OrganizationFigures } from './figures.ts';
import { type Interval, poissonInterval } from './interval.ts';

/** Levels of `expectedPerWeek`, from rare to common. */
const LEVELS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** How true the claim "normal operation gets this far so often" is, at one level. */
export interface CalibrationLevel {
  /** Claimed episodes a week of the whole deployment. */
  readonly claimedPerWeek: number;
  /** Claim times weeks: episodes that should have got as far. */
  readonly expected: number;
  /** Episodes of normal operation whose claim was this or rarer. */
  readonly observed: number;
  /** Of the mean behind `observed`. */
  readonly interval: Interval;
}

/**
 * Compares what alerts claim with how often normal operation really got as far, at the loosest budget measured.
 *
 * Levels beyond the reach of that budget are left out: what lies below its threshold was never told.
 */
export function calibration(organizations: readonly OrganizationFigures[]): readonly CalibrationLevel[] {
  const claims = organizations.flatMap(({ claims: told }) => told);
  const weeks = organizations.reduce((sum, { exposure }) => sum + exposure.weeks, 0);
  const mostClaimed = Math.max(0, ...claims);
  return LEVELS.filter((level) => level <= mostClaimed).map((level) => {
    const observed = claims.filter((claim) => claim <= level).length;
    return { claimedPerWeek: level, expected: level * weeks, observed, interval: poissonInterval(observed) };
  });
}
