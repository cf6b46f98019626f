import type { Ranking } from './figures.ts';

/** What a method would do at one threshold, over all organizations. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly falseAlerts: number;
  readonly found: number;
}

/** Rankings of one method on several organizations as one; ids of attacks are unique. */
export function pooled(rankings: readonly Ranking[]): Ranking {
  return {
    method: rankings[0]?.method ?? '',
    benign: rankings.flatMap(({ benign }) => benign),
    attacks: Object.assign({}, ...rankings.map(({ attacks }) => attacks)),
  };
}

/** An alert is told from its threshold on; a score of 0 never is. */
export function at(ranking: Ranking, threshold: number): OperatingPoint {
  const reaches = (score: number) => score > 0 && score >= threshold;
  return {
    threshold,
    falseAlerts: ranking.benign.filter(reaches).length,
    found: Object.values(ranking.attacks).filter(reaches).length,
  };
}

/** The point of fewest false alerts that finds at least so many; `undefined` if no threshold does. */
export function atLeastFound(ranking: Ranking, found: number): OperatingPoint | undefined {
  const scores = Object.values(ranking.attacks)
    .filter((score) => score > 0)
    .sort((a, b) => b - a);
  const threshold = found === 0 ? Number.POSITIVE_INFINITY : scores[found - 1];
  return threshold === undefined ? undefined : at(ranking, threshold);
}

/** The point of most found that has no more false alerts than this. */
export function atMostFalse(ranking: Ranking, falseAlerts: number): OperatingPoint {
  const benign = ranking.benign.toSorted((a, b) => b - a);
  const tooLow = benign[falseAlerts] ?? 0;
  const above = [...benign, ...Object.values(ranking.attacks)].filter((score) => score > tooLow);
  return at(ranking, Math.min(Number.POSITIVE_INFINITY, ...above));
}
