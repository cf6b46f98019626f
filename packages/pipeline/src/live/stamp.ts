import type { AnomalyEvent } from '@portcullis/contract';
import { type EpochMs, isoTime } from '@portcullis/event';
import type { LaneProgress } from './ports.ts';

/** Says when an alert was made and how long it took: of the wait, what the lane took to bring the events is told apart. */
export function stamp(event: AnomalyEvent, lanes: readonly LaneProgress[], now: EpochMs): AnomalyEvent {
  const { metadata, data } = event.detail;
  const waitedMs = Math.max(0, now - Date.parse(data.lastSeen));
  const delays = lanes
    .filter(({ account, lane }) => account === data.account && lane !== 'event')
    .map(({ arrivedAt, eventTime }) => arrivedAt - eventTime);
  const eventToIngestMs = Math.min(waitedMs, Math.max(0, Math.min(...delays, waitedMs)));
  const latency = { eventToIngestMs, ingestToAlertMs: waitedMs - eventToIngestMs };
  return {
    ...event,
    detail: { metadata: { ...metadata, producedAt: isoTime(now) }, data: { ...data, latency } },
  };
}
