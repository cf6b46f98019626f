import { type EpochIndex, epochOf } from '@portcullis/event';
import type { CloudTrailRecord } from '../record/cloudtrail-record.ts';
import type { SimulatedRecord } from '../world.ts';

/** All records of one hour of event time, in one container. */
export interface HourOfLogs {
  readonly epoch: EpochIndex;
  readonly records: readonly CloudTrailRecord[];
  /** Uncompressed: nobody has to open it but this process. */
  readonly bytes: Uint8Array;
}

/**
 * Cuts records into hours, in their order.
 *
 * Delivery is left out on purpose: that late, doubled and reordered delivery changes nothing is proven by
 * `test/equal-runs.test.ts`, and gzip would cost more than detection.
 *
 * @param records - in event-time order
 */
export function* hoursOfLogs(records: Iterable<SimulatedRecord>): Generator<HourOfLogs> {
  let epoch: EpochIndex | undefined;
  let hour: CloudTrailRecord[] = [];
  for (const { time, record } of records) {
    if (epoch !== undefined && epochOf(time) !== epoch) {
      yield hourOf(epoch, hour);
      hour = [];
    }
    epoch = epochOf(time);
    hour.push(record);
  }
  if (epoch !== undefined) yield hourOf(epoch, hour);
}

function hourOf(epoch: EpochIndex, records: readonly CloudTrailRecord[]): HourOfLogs {
  return { epoch, records, bytes: Buffer.from(JSON.stringify({ Records: records })) };
}
