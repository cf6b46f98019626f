import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { EpisodeEvidence } from './episode.ts';

/** What weighs evidence; all from the settings. */
export interface RiskSettings {
  /** Bits that an ordinary day explains; measured best at 3 to 3.5. */
  readonly allowanceBits: number;
  /** Weight of each further contribution of one family, 0–1; measured best at .2 to .5. */
  readonly familyDiscount: number;
  readonly decayHalfLifeHours: number;
}

/** Evidence with its share of the risk: after allowance, impact, fading and the discount of its family. */
export interface WeighedEvidence {
  readonly evidence: EpisodeEvidence;
  readonly contribution: number;
}

/** Shares are published with one decimal; the risk is the sum of what is published, so it adds up. */
const DECIMALS = 10;

/**
 * Weighs an episode's evidence at an instant, largest contribution first.
 *
 * Within a family the largest counts in full, the next times the discount, and so on: an hour of odd
 * work by one person is one oddity with trimmings, not thirty. Families add.
 */
export function weighEvidence(
  evidence: readonly EpisodeEvidence[],
  at: EpochMs,
  settings: RiskSettings,
): readonly WeighedEvidence[] {
  const strongestFirst = evidence
    .map((item) => ({ evidence: item, contribution: undiscounted(item, at, settings) }))
    .sort(byContribution);
  const seen = new Map<string, number>();
  return strongestFirst
    .map(({ evidence: item, contribution }) => {
      const rank = seen.get(item.family) ?? 0;
      if (contribution > 0) seen.set(item.family, rank + 1);
      return { evidence: item, contribution: round(contribution * settings.familyDiscount ** rank) };
    })
    .sort(byContribution);
}

/** Sum of the contributions. */
export function riskOf(weighed: readonly WeighedEvidence[]): number {
  return round(weighed.reduce((sum, { contribution }) => sum + contribution, 0));
}

/** Contribution before the discount of its family. */
export function undiscounted(
  { bits, impact, last }: Pick<EpisodeEvidence, 'bits' | 'impact' | 'last'>,
  at: EpochMs,
  settings: RiskSettings,
): number {
  const ageHours = Math.max(0, at - last) / HOUR_MS;
  return Math.max(0, bits - settings.allowanceBits) * impact * 2 ** (-ageHours / settings.decayHalfLifeHours);
}

function byContribution(a: WeighedEvidence, b: WeighedEvidence): number {
  return b.contribution - a.contribution || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function keyOf({ evidence: { detector, value } }: WeighedEvidence): string {
  return `${detector} ${value}`;
}

function round(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}
