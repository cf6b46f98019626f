import type { SQSEvent } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { readTrailObjects } from './read-trail-objects.ts';
import { router } from './router.ts';
import { observed } from './telemetry.ts';

const environment = readEnvironment(process.env, [
  ...(['account', 'networkTable', 'trailBucket', 'trailPrefix', 'flowBucket', 'flowPrefix'] as const),
]);
const lane = liveLane(environment);
const route = router('s3', lane, environment);

/** Reads the objects of a trail and of flow logs that messages announce. */
export const handler = observed(async ({ Records }: SQSEvent) => {
  const messages = Records.map(({ messageId, body }) => ({ id: messageId, body }));
  const { pipeline } = await lane.settings();
  const { failed, ...told } = await readTrailObjects(messages, {
    route,
    s3: lane.clients.s3,
    rejects: lane.ports.rejects,
    trail: environment.trail,
    flows: environment.flows,
    maxBytes: pipeline.limits.fileBytes,
  });
  return { answer: batchFailures(failed), ...told };
});
