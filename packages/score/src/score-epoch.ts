import type { ActivityDelta } from '@portcullis/baseline';
import type { DetectorId, Finding, Knowledge } from './detector.ts';
import { DETECTORS } from './detectors/catalog.ts';
import { novelSightings } from './novelty.ts';

/**
 * Judges what one actor did in one epoch against what was known before it.
 *
 * A function of the set of events, not of their order: the delta holds only counts and sets. Live, the
 * same open delta is judged again after each batch, so evidence only grows until the epoch is sealed;
 * replay judges it once, at the seal, and arrives at the same findings.
 *
 * @param enabled - detectors to run; others stay silent
 * @returns findings in the order of the catalog, by value within a detector
 */
export function scoreEpoch(
  delta: ActivityDelta,
  knowledge: Knowledge,
  enabled: (detector: DetectorId) => boolean,
): readonly Finding[] {
  const novel = novelSightings(delta, knowledge);
  const findings: Finding[] = [];
  for (const detector of DETECTORS) {
    if (enabled(detector.id)) findings.push(...detector.examine(delta, novel, knowledge).toSorted(byValue));
  }
  return findings;
}

function byValue(a: Finding, b: Finding): number {
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
