import type { FunctionBaseline, FunctionCounts, FunctionDelta } from '@portcullis/baseline';
import type { Candidate, Detector } from '../detector.ts';

/** One function's hour as detectors look at it. */
export interface FunctionHour {
  readonly delta: FunctionDelta;
  readonly hour: FunctionCounts;
  /** Its day so far, this hour included. */
  readonly day: FunctionCounts;
}

/** What is known of a function, as of the seals before. */
export interface FunctionKnowledge {
  readonly own: FunctionBaseline | undefined;
  /** Dollars. */
  readonly prices: FunctionPrices;
}

export interface FunctionPrices {
  readonly perMillionInvocations: number;
  readonly perGbSecond: number;
}

/** Looks at one function's hour, as its own logs tell it. Documented like a detector of actors. */
export interface FunctionDetector extends Omit<Detector, 'examine'> {
  examine(hour: FunctionHour, knowledge: FunctionKnowledge): readonly Candidate[];
}
