import { type ActivityDelta, deriveFeatures, openCounts } from '@portcullis/baseline';
import { dayOf, epochStart } from '@portcullis/event';
import type { Candidate, DetectorId, Finding, Knowledge } from './detector.ts';
import { DETECTORS } from './detectors/catalog.ts';
import { MAX_BITS, novelSightings } from './novelty.ts';

/** What an epoch of one actor amounts to. */
export interface Judgment {
  /** Above the allowance, in the order of the catalog, by value within a detector. */
  readonly findings: readonly Finding[];
  /** Largest uncalibrated bits by channel: what calibration learns from. */
  readonly maxima: ReadonlyMap<string, number>;
}

/**
 * Judges what one actor did in one epoch against what was known before it.
 *
 * A function of the set of events, not of their order: the delta holds only counts and sets. Live, the
 * same open delta is judged again after each batch, so evidence only grows until the epoch is sealed;
 * replay judges it once, at the seal, and arrives at the same findings.
 *
 * @param enabled - detectors to run; others stay silent
 */
export function scoreEpoch(
  delta: ActivityDelta,
  knowledge: Knowledge,
  enabled: (detector: DetectorId) => boolean,
): Judgment {
  deriveFeatures(delta, knowledge.own);
  const { own } = knowledge;
  const epoch = {
    delta,
    novel: novelSightings(delta, knowledge),
    open: own === undefined ? undefined : openCounts(delta, own, dayOf(epochStart(delta.epoch))),
  };
  const findings: Finding[] = [];
  const maxima = new Map<string, number>();
  for (const detector of DETECTORS) {
    if (!enabled(detector.id)) continue;
    const candidates = detector.examine(epoch, knowledge);
    for (const { channel, bits } of candidates) maxima.set(channel, Math.max(maxima.get(channel) ?? 0, bits));
    const weighty = candidates.flatMap((candidate) => weighed(candidate, knowledge) ?? []);
    findings.push(...weighty.sort(byValue));
  }
  return { findings, maxima };
}

function weighed({ channel, tell, ...candidate }: Candidate, knowledge: Knowledge): Finding | undefined {
  const bits = Math.min(MAX_BITS, knowledge.calibrate(channel, candidate.bits));
  if (bits <= knowledge.allowanceBits && !candidate.always) return undefined;
  return { ...candidate, bits, ...tell() };
}

function byValue(a: Finding, b: Finding): number {
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}
