import { type EpochMs, epochOf } from '@portcullis/event';
import type { LocalLane } from './local-lane.ts';
import { subscriptionRecords, type TrailRecord } from './subscription-records.ts';

/** Puts a trail through a lane hour by hour of event time, ticking after each, and seals all of it at the end. */
export async function runTrail(
  lane: LocalLane,
  records: readonly TrailRecord[],
  onHour: (at: EpochMs) => void = () => {},
): Promise<void> {
  const hours = Map.groupBy(records, ({ eventTime }) => epochOf(Date.parse(eventTime)));
  for (const [, own] of [...hours].sort(([a], [b]) => a - b)) {
    await lane.put(subscriptionRecords(own));
    await lane.settle();
    await lane.tick();
    onHour(Date.parse(own[0]?.eventTime ?? ''));
  }
  await lane.close(Date.parse(records.at(-1)?.eventTime ?? ''));
}
