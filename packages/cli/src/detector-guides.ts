import { DETECTORS, type Detector, FUNCTION_DETECTORS, TRAFFIC_DETECTORS } from '@portcullis/score';

/** What a detector tells a responder. */
export type DetectorGuide = Pick<Detector, 'about' | 'triage' | 'remedy'>;

/** By detector id, as alerts name it. */
export const DETECTOR_GUIDES: ReadonlyMap<string, DetectorGuide> = new Map(
  [...DETECTORS, ...FUNCTION_DETECTORS, ...TRAFFIC_DETECTORS].map((detector) => [detector.id, detector]),
);
