import type { EventBridgeEvent } from 'aws-lambda';
import { readEnvironment } from './environment.ts';
import { FailedForNowError } from './errors.ts';
import { liveLane } from './live-lane.ts';
import { router, toldOf } from './router.ts';
import { observed } from './telemetry.ts';

const environment = readEnvironment(process.env, ['account', 'networkTable']);
const route = router('event', liveLane(environment), environment);

/** Reads one write worth a response, minutes before it comes in bulk. */
export const handler = observed(async (event: EventBridgeEvent<string, unknown>) => {
  const routed = await route([{ id: event.id, origin: event.id, bytes: Buffer.from(JSON.stringify(event)) }]);
  // Nobody waits for an answer: only what is thrown is tried again
  if (routed.failed.length > 0) throw new FailedForNowError('the event was not taken', routed.errors);
  return { answer: undefined, ...toldOf(routed) };
});
