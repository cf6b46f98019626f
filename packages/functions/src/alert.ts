import { incrementOf } from '@portcullis/aws';
import { emerge, type Increment } from '@portcullis/pipeline/live';
import type { SQSEvent } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { observed } from './telemetry.ts';

const { ports } = liveLane(readEnvironment(process.env, ['account']));

/** Tells early, by way of the outbox, what would be an alert if its hour ended now. */
export const handler = observed(async ({ Records }: SQSEvent) => {
  const increments: Increment[] = [];
  const unreadable: string[] = [];
  for (const { messageId, body } of Records) {
    try {
      increments.push(incrementOf(body));
    } catch {
      unreadable.push(messageId);
    }
  }
  const { told, dropped } = await emerge(increments, ports, Date.now());
  return {
    // Set aside after some tries, for somebody to look at
    answer: batchFailures(unreadable),
    figures: { Told: told, Dropped: dropped, Failed: unreadable.length },
    errors: unreadable.map((id) => `message ${id} holds no early word`),
  };
});
