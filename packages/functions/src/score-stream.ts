import { boundedChains, type DeliveredRecord, observeBatch } from '@portcullis/pipeline/live';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { liveLane } from './live-lane.ts';
import { observed } from './telemetry.ts';

const { ports, settings } = liveLane();
const cache = boundedChains();

/** Counts activity into what each actor did in its hour, and passes marks on. */
export const handler = observed(async ({ Records }: KinesisStreamEvent) => {
  const { failed, errors, ...seen } = await observeBatch(Records.map(delivered), ports, {
    settings: await settings(),
    cache,
  });
  return {
    answer: batchFailures(failed),
    figures: {
      Events: seen.events,
      Counted: seen.counted,
      Duplicates: seen.duplicates,
      Late: seen.late,
      Rejected: seen.rejected,
      Failed: failed.length,
    },
    errors,
  };
});

/** An event's id is `shardId-000000000000:` and its sequence number. */
function delivered({ eventID, kinesis }: KinesisStreamRecord): DeliveredRecord {
  const [shardId = eventID] = eventID.split(':');
  return { shardId, sequence: kinesis.sequenceNumber, data: Buffer.from(kinesis.data, 'base64') };
}
