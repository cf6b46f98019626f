import { EPOCH_MS, type EpochMs, epochStart, MINUTE_MS } from '@portcullis/event';
import type { LivePorts } from '@portcullis/pipeline/live';

/**
 * Minutes since the end of the last hour that was sealed; where nothing was sealed yet, since the start of the first that
 * waits, and 0 where none does.
 *
 * Between two seals it grows from the lateness by an hour.
 */
export async function sealLagMinutes(
  { snapshots, segments }: Pick<LivePorts, 'snapshots' | 'segments'>,
  now: EpochMs,
): Promise<number> {
  const pointer = await snapshots.pointer();
  if (pointer) return minutesSince(epochStart(pointer.sealedThrough) + EPOCH_MS, now);
  const [first] = await segments.waiting();
  return first === undefined ? 0 : minutesSince(epochStart(first), now);
}

function minutesSince(since: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.round((now - since) / MINUTE_MS));
}
