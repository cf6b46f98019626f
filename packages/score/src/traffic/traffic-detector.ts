import type { TrafficBaseline, TrafficCounts, TrafficHour, TrafficPopulation } from '@portcullis/baseline';
import type { Candidate, Detector } from '../detector.ts';

/** One party's hour as detectors look at it. */
export interface TrafficInHand {
  readonly hour: TrafficHour;
  /** Its day so far, this hour included. */
  readonly day: TrafficCounts;
}

/** What is known as of the seals before. */
export interface TrafficKnowledge {
  readonly own: TrafficBaseline | undefined;
  /** Parties of the same kind in all accounts. */
  readonly others: TrafficPopulation;
}

/** Looks at one party's hour, as flow logs or access logs tell it. Documented like a detector of actors. */
export interface TrafficDetector extends Omit<Detector, 'examine'> {
  examine(inHand: TrafficInHand, knowledge: TrafficKnowledge): readonly Candidate[];
}
