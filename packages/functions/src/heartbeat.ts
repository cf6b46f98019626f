import { DEFAULT_WATCH, expectedPlaces, watchPipeline } from '@portcullis/pipeline/live';
import { callCanaries, stsCanary } from './canaries.ts';
import { readEnvironment } from './environment.ts';
import { liveLane } from './live-lane.ts';
import { observed } from './telemetry.ts';

const environment = readEnvironment(process.env, ['account', 'memberRole']);
const { ports, settings } = liveLane(environment);

/** Calls where it should be heard of, and tells where it was not, what is late, and what is stuck. Woken every five minutes. */
export const handler = observed(async () => {
  const current = await settings();
  const canaries = expectedPlaces(current.pipeline, current.home);
  const errors = await callCanaries(canaries, stsCanary(current.home, environment.memberRole));
  const impairments = await watchPipeline(ports, current, { ...DEFAULT_WATCH, canaries }, Date.now());
  return {
    answer: undefined,
    figures: { Canaries: canaries.length - errors.length, Impairments: impairments.length },
    errors,
  };
});
