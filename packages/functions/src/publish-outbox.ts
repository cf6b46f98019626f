import { publishOutbox } from '@portcullis/pipeline/live';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { outboxAgeSeconds } from './outbox-age.ts';
import { observed } from './telemetry.ts';

const { ports } = liveLane(readEnvironment(process.env, ['account', 'signingKey']));

/** Publishes what waits. Woken by new alerts, and every minute for what the bus refused. */
export const handler = observed(async () => {
  const { published, refused } = await publishOutbox(ports, Date.now());
  return {
    answer: batchFailures([]),
    figures: {
      Published: published,
      Refused: refused.size,
      OutboxAgeSeconds: await outboxAgeSeconds(ports, Date.now()),
    },
    errors: [...new Set(refused.values())],
  };
});
