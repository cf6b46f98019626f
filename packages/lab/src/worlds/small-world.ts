import { lambdaFunction } from '../actors/lambda-function.ts';
import { person } from '../actors/person.ts';
import { pipelineRuns } from '../actors/pipeline-runs.ts';
import { timetable } from '../actors/timetable.ts';
import type { SimulatedActor, World } from '../world.ts';
import { deployment, release } from './small-world-deployments.ts';
import { shopFunctions } from './small-world-functions.ts';
import { machines } from './small-world-machines.ts';
import { team } from './small-world-people.ts';

export interface SmallWorldOptions {
  /** 22 or 8: the last day is then a Monday like the first. */
  readonly days: number;
  /** Scales how much everybody does, not who they are or what they do. */
  readonly volume?: number;
}

/** Account of the simulated shop; a number that AWS uses in its documentation. */
const FERN_SHOP = { id: '111122223333', region: 'eu-west-1' } as const;

/**
 * An online shop in one account: a team of ten, a pipeline, seven functions, an instance, two service
 * users and the AWS services around them. Begins on Monday 2026-03-02.
 */
export function smallWorld({ days, volume = 1 }: SmallWorldOptions): World {
  const account = FERN_SHOP;
  const actors: SimulatedActor[] = [
    ...team(days).map((profile) => person(account, { ...profile, callsPerSession: profile.callsPerSession * volume })),
    pipelineRuns(account, {
      repository: 'fern-shop/storefront',
      roleName: 'github-deploy',
      runsPerWeekday: Math.max(1.5, 4 * volume),
      hours: [8, 18],
      steps: (day, random) => deployment(account, days, day, random),
      release: { roleName: 'release-manager', steps: (day, random) => release(account, days, day, random) },
    }),
    ...shopFunctions(account, days).map((profile) =>
      lambdaFunction(account, {
        ...profile,
        callsPerDay: profile.callsPerDay * volume,
        environmentsPerDay: Math.max(1, profile.environmentsPerDay * volume),
      }),
    ),
    ...machines(account, volume).map(timetable),
  ];
  return { account, start: Date.UTC(2026, 2, 2), days, actors };
}
