export type { Detector, DetectorId, Family, Finding, Knowledge } from './detector.ts';
export { DETECTORS } from './detectors/catalog.ts';
export { isBlinding } from './detectors/log-tampering.ts';
export { scoreEpoch } from './score-epoch.ts';
