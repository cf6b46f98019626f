import { boundedChains, type DeliveredRecord, judgeGrown, nothingKnown, observeBatch } from '@portcullis/pipeline/live';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { observed } from './telemetry.ts';

const { ports, settings } = liveLane(readEnvironment(process.env, ['account', 'feed']));
const cache = boundedChains();
const known = nothingKnown();

/** Counts activity into what each actor did in its hour, passes marks on, and says early what would be told. */
export const handler = observed(async ({ Records }: KinesisStreamEvent) => {
  const context = { settings: await settings(), cache, known };
  const { failed, errors, grown, ...seen } = await observeBatch(Records.map(delivered), ports, context);
  // What has been counted stays counted. A word that fails to go out is said again when the hour grows, and at its seal
  const early = await judgeGrown(grown, ports, context).catch((error: unknown) => error);
  const unsaid = Array.isArray(early) ? [] : [`not judged early: ${String(early)}`];
  return {
    answer: batchFailures(failed),
    figures: {
      Events: seen.events,
      Counted: seen.counted,
      Duplicates: seen.duplicates,
      Late: seen.late + seen.dropped,
      Rejected: seen.rejected,
      Failed: failed.length,
      Early: Array.isArray(early) ? early.length : 0,
    },
    errors: [...errors, ...unsaid],
  };
});

/** An event's id is `shardId-000000000000:` and its sequence number. */
function delivered({ eventID, kinesis }: KinesisStreamRecord): DeliveredRecord {
  const [shardId = eventID] = eventID.split(':');
  return { shardId, sequence: kinesis.sequenceNumber, data: Buffer.from(kinesis.data, 'base64') };
}
