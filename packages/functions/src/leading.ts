import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { ResponsePorts } from '@portcullis/respond';
import { readEnvironment } from './environment.ts';
import { type ResponseLane, responseLane } from './response-lane.ts';
import { oneTimeSchedules, type SetWaking } from './schedules.ts';

/** What those start with who plan and lead, and make no call that changes anything. */
export interface Leading extends ResponseLane {
  readonly ports: ResponsePorts;
  readonly setWaking: SetWaking;
}

export function leading(variables = process.env): Leading {
  const environment = readEnvironment(variables, ['account', 'functions', 'schedules', 'schedulerRole']);
  const { account, functions, schedules } = environment;
  const lane = responseLane(variables);
  const { region, partition } = lane;
  return {
    ...lane,
    ports: lane.leading(functions),
    setWaking: oneTimeSchedules(new SchedulerClient({ region }), {
      ...schedules,
      functionArn: (name) => `arn:${partition}:lambda:${region}:${account}:function:${functions}${name}`,
    }),
  };
}
