import { countsOfFunction, dayCounts, type FunctionBaseline, type FunctionDelta } from '@portcullis/baseline';
import type { Candidate, DetectorId, Finding, Knowledge } from '../detector.ts';
import { MAX_BITS } from '../novelty.ts';
import type { Judgment } from '../score-epoch.ts';
import type { FunctionDetector, FunctionKnowledge } from './function-detector.ts';
import { functionSilence, heardNoMore } from './function-silence.ts';
import { invocationErrors } from './invocation-errors.ts';
import { invocationLength } from './invocation-length.ts';
import { invocationRate } from './invocation-rate.ts';

/** Detectors that look at a function's own logs, in the order in which evidence of equal weight is shown. */
export const FUNCTION_DETECTORS: readonly FunctionDetector[] = [
  invocationRate,
  invocationLength,
  invocationErrors,
  functionSilence,
];

type Weighing = Pick<Knowledge, 'calibrate' | 'allowanceBits'>;

/** Judges one function's hour against what was known before it; a function of the set of its lines, not of their order. */
export function scoreFunction(
  delta: FunctionDelta,
  knowledge: FunctionKnowledge & Weighing,
  enabled: (detector: DetectorId) => boolean,
): Judgment {
  const hour = countsOfFunction(delta);
  const inHand = { delta, hour, day: dayCounts(knowledge.own, delta.epoch, hour) };
  const candidates = FUNCTION_DETECTORS.filter(({ id }) => enabled(id)).map((detector) =>
    detector.examine(inHand, knowledge),
  );
  return judgmentOf(candidates, knowledge);
}

/** Judges the silence of a function in an epoch in which others of its account were heard of. */
export function scoreSilence(
  own: FunctionBaseline,
  epoch: number,
  weighing: Weighing,
  enabled: (detector: DetectorId) => boolean,
): Judgment {
  const candidates: readonly Candidate[] = enabled('function-silence') ? heardNoMore(own, epoch) : [];
  return judgmentOf([candidates], weighing);
}

/** By detector, in their order; by value within one. */
export function judgmentOf(candidates: readonly (readonly Candidate[])[], weighing: Weighing): Judgment {
  const maxima = new Map<string, number>();
  for (const { channel, bits } of candidates.flat()) maxima.set(channel, Math.max(maxima.get(channel) ?? 0, bits));
  const findings = candidates.flatMap((those) =>
    those
      .flatMap(({ channel, tell, ...candidate }): Finding[] => {
        const bits = Math.min(MAX_BITS, weighing.calibrate(channel, candidate.bits));
        return bits <= weighing.allowanceBits ? [] : [{ ...candidate, bits, ...tell() }];
      })
      .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)),
  );
  return { findings, maxima };
}
