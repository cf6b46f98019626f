import type { EpochMs } from '@portcullis/event';
import type { LivePorts } from '@portcullis/pipeline/live';

/** Seconds that the oldest alert in the outbox has waited for; 0 where none waits. */
export async function outboxAgeSeconds({ alerts }: Pick<LivePorts, 'alerts'>, now: EpochMs): Promise<number> {
  const [oldest] = await alerts.pending(1);
  if (oldest === undefined) return 0;
  return Math.max(0, Math.round((now - Date.parse(oldest.event.detail.metadata.producedAt)) / 1000));
}
