export { type AlertSettings, closeAlert, type Decision, decideAlert, isEvidence, isOver } from './decide-alert.ts';
export { confidenceOf, type History, type Setting } from './describe-alert.ts';
export { type Episode, joinFindings, openEpisode } from './episode.ts';
