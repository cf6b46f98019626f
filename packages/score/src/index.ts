export {
  type Calibration,
  calibrator,
  emptyCalibration,
  learnDay,
  restoreCalibration,
  type StoredCalibration,
  storeCalibration,
} from './calibration.ts';
export type { Detector, DetectorId, Family, Finding, FindingBits, Knowledge } from './detector.ts';
export { DETECTORS } from './detectors/catalog.ts';
export { isBlinding } from './detectors/log-tampering.ts';
export { FUNCTION_DETECTORS, scoreFunction, scoreSilence } from './functions/score-function.ts';
export { type Judgment, scoreEpoch } from './score-epoch.ts';
export { SHIPPED_CALIBRATION } from './shipped-calibration.ts';
export { scoreTraffic, TRAFFIC_DETECTORS } from './traffic/score-traffic.ts';
