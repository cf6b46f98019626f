import { type Episode, isEvidence, openEpisode } from '@portcullis/alert';
import type { ActivityDelta } from '@portcullis/baseline';
import type { EpochMs } from '@portcullis/event';
import type { Finding } from '@portcullis/score';
import type { PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';

/** Before the time from which to alert, evidence only measures how far normal operation gets. */
export function isTold(finding: Finding, at: EpochMs, { alerts, alertAfter, detectorMode }: SealContext): boolean {
  const inTime = at <= alertAfter || finding.last >= alertAfter;
  return detectorMode(finding.detector) === 'alert' && inTime && isEvidence(finding, alerts);
}

/** Late evidence may belong to an hour whose episode was told and closed: an id is never used twice. */
export function openFresh(state: PipelineState, { actor, epoch }: Pick<ActivityDelta, 'actor' | 'epoch'>): Episode {
  let episode = openEpisode(actor, epoch);
  while (state.alerts.byId.has(episode.id)) episode = openEpisode(actor, episode.openedEpoch + 1);
  return episode;
}
