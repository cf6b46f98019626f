import type { EpochMs } from '@portcullis/event';
import type { EpisodeEvidence } from './episode.ts';
import { type RiskSettings, type WeighedEvidence, weighEvidence } from './risk.ts';

/** Weighs what counts; what people declared, answered or suppressed follows with nothing to add. */
export function weighCounting(
  evidence: readonly EpisodeEvidence[],
  at: EpochMs,
  settings: RiskSettings,
): readonly WeighedEvidence[] {
  const counting = evidence.filter(({ note }) => note === undefined);
  if (counting.length === evidence.length) return weighEvidence(evidence, at, settings);
  const noted = evidence
    .filter(({ note }) => note !== undefined)
    .map((item) => ({ evidence: item, contribution: 0 }))
    .sort(byValue);
  return [...weighEvidence(counting, at, settings), ...noted];
}

function byValue({ evidence: a }: WeighedEvidence, { evidence: b }: WeighedEvidence): number {
  return a.detector < b.detector || (a.detector === b.detector && a.value < b.value) ? -1 : 1;
}
