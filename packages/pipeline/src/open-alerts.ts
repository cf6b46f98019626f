import { closeAlert } from '@portcullis/alert';
import type { Settings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { EPOCH_MS, epochStart } from '@portcullis/event';
import type { PipelineState } from './pipeline-state.ts';
import { sealContext, settingAt } from './seal-context.ts';

/**
 * The episodes of a state that were told and are still open, each as it stood when its last evidence came in.
 *
 * Weighed anew by these settings, so the risk may differ by a little from what was last told: that had faded until the
 * end of its hour.
 */
export function openAlerts(state: PipelineState, settings: Settings): readonly AnomalyEvent[] {
  const at = epochStart(state.sealedThrough) + EPOCH_MS;
  const context = sealContext(settings);
  const told = [...state.episodes.values()].sort((a, b) => (a.actor.id < b.actor.id ? -1 : 1));
  return told.flatMap((episode) => {
    const { event } = closeAlert(episode, settings.alerts, settingAt(state, episode, at, context));
    const revision = episode.published?.revision;
    return event === undefined || revision === undefined ? [] : [asTold(event, revision)];
  });
}

/** The event that says the same without closing the episode. */
function asTold(event: AnomalyEvent, revision: number): AnomalyEvent {
  const { id } = event.detail.metadata;
  const key = `${id}:${revision}`;
  return {
    ...event,
    id: key,
    'detail-type': revision === 1 ? 'Anomaly Detected' : 'Anomaly Updated',
    detail: { ...event.detail, metadata: { ...event.detail.metadata, revision, idempotencyKey: key } },
  };
}
