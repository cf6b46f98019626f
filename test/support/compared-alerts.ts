import { ANOMALY_DETAIL_TYPES, type AnomalyEvent, type PortcullisEvent } from '@portcullis/contract';

/** What is compared of two runs: every event but for when and how it was produced. */
export interface ComparedAlert {
  readonly type: string;
  readonly time: string;
  readonly metadata: Omit<AnomalyEvent['detail']['metadata'], 'producedAt' | 'mode'>;
  readonly data: Omit<AnomalyEvent['detail']['data'], 'latency'>;
}

/** By idempotency key. */
export function comparedAlerts(events: readonly PortcullisEvent[]): readonly ComparedAlert[] {
  return events
    .filter(isAlert)
    .map(({ 'detail-type': type, time, detail: { metadata, data } }) => {
      const { producedAt: _producedAt, mode: _mode, ...kept } = metadata;
      const { latency: _latency, ...judged } = data;
      return { type, time, metadata: kept, data: judged };
    })
    .sort((a, b) => (a.metadata.idempotencyKey < b.metadata.idempotencyKey ? -1 : 1));
}

function isAlert(event: PortcullisEvent): event is AnomalyEvent {
  return ANOMALY_DETAIL_TYPES.some((type) => type === event['detail-type']);
}
