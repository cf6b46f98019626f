import type { KinesisStreamEvent } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { router, toldOf } from './router.ts';
import { observed } from './telemetry.ts';

const environment = readEnvironment(process.env, ['account', 'networkTable', 'logGroups', 'logOwners']);
const route = router('stream', liveLane(environment), environment);

/** Reads what CloudWatch Logs subscriptions put into the raw stream. */
export const handler = observed(async ({ Records }: KinesisStreamEvent) => {
  const routed = await route(
    Records.map(({ eventID, kinesis }) => ({
      id: kinesis.sequenceNumber,
      origin: eventID,
      bytes: Buffer.from(kinesis.data, 'base64'),
    })),
  );
  return { answer: batchFailures(routed.failed), ...toldOf(routed) };
});
