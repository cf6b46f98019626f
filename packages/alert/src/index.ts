export { heldBackValues, type Standing, type Standpoint, standpointOf } from './answer-finding.ts';
export { caseOf, joinCase } from './cases.ts';
export {
  type AlertSettings,
  closeAlert,
  type Decision,
  decideAlert,
  isEvidence,
  isOver,
  measured,
  restateAlert,
  thresholdOf,
} from './decide-alert.ts';
export { type DeclaredWork, declaredNote, workOfCalls, workOfFinding, worksOf } from './declared-work.ts';
export { confidenceOf, type History, type Setting } from './describe-alert.ts';
export { type Episode, isUnderAlert, type JudgedFinding, joinFindings, openEpisode } from './episode.ts';
export { localTail, type NormalTail, REFERENCE_RISK, type SeenEpisodes } from './normal-tail.ts';
export { isMuted, type Mute, type Suppression, suppressEvidence } from './silence.ts';
export {
  type AlertBook,
  type Answer,
  emptyAlertBook,
  isNewer,
  putAlert,
  type ToldAlert,
  toldAlert,
} from './told-alert.ts';
