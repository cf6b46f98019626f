import { tick } from '@portcullis/pipeline/live';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { sealLagMinutes } from './seal-lag.ts';
import { observed } from './telemetry.ts';

const { ports, settings } = liveLane(readEnvironment(process.env, ['account']));

/** Moves event time on, and seals the hours that are over. Woken every minute. */
export const handler = observed(async (_: unknown, { awsRequestId }) => {
  const { sealed } = await tick(awsRequestId, ports, await settings(), Date.now());
  return {
    answer: undefined,
    figures: {
      Sealed: sealed.length,
      SealedActors: sealed.reduce((sum, { actors }) => sum + actors, 0),
      Told: sealed.reduce((sum, { told }) => sum + told.length, 0),
      SealLagMinutes: await sealLagMinutes(ports, Date.now()),
    },
  };
});
