import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { assumeRole } from '../calls/identity.ts';
import { invoke } from '../calls/lambda.ts';
import { createLogStream } from '../calls/operations.ts';
import { type Random, randomStream } from '../random.ts';
import { type Account, accessKeyIdOf, arnOf } from '../record/account.ts';
import { awsService, type Caller, roleSession, through } from '../record/caller.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { functionAddress } from '../record/networks.ts';
import type { Day, SimulatedActor, SimulatedRecord } from '../world.ts';
import { type CallHabit, recorded } from './recorded.ts';

const RUNTIME_AGENT =
  'aws-sdk-js/3.927.0 ua/2.1 os/linux#5.10.245-266.983.amzn2.x86_64 lang/js md/nodejs#24.10.0 exec-env/AWS_Lambda_nodejs24.x';

export interface FunctionProfile {
  readonly functionName: string;
  readonly roleName: string;
  readonly callsPerDay: number;
  /** Share of the day's calls per UTC hour; need not add up to one. */
  readonly rhythm: readonly number[];
  /** Execution environments started on a day, on average; each has its own credentials and address. */
  readonly environmentsPerDay: number;
  readonly habits: readonly CallHabit[];
  /** What a fresh environment calls first; `via` names a service that calls on its behalf. */
  readonly onStart: readonly { readonly call: Call; readonly via?: string }[];
  /** Service that invokes it, where invocations are logged. */
  readonly invokedBy?: string;
  /** The records name the function for which the credentials were issued. */
  readonly named: boolean;
  /** First day, in days of the world. */
  readonly deployed?: number;
}

interface Environment {
  readonly since: EpochMs;
  readonly caller: Caller;
}

/** A Lambda function under its execution role, with a daily rhythm and short-lived environments. */
export function lambdaFunction(account: Account, profile: FunctionProfile): SimulatedActor {
  return {
    id: `function/${profile.functionName}`,
    act(day, random) {
      if (day.index < (profile.deployed ?? 0)) return [];
      const environments = environmentsOf(account, profile, day, random);
      return [
        ...environments.flatMap((environment) => started(account, profile, environment, random)),
        ...calls(account, profile, day, environments, random),
      ];
    },
  };
}

function environmentsOf(account: Account, profile: FunctionProfile, day: Day, random: Random): Environment[] {
  const starts = Array.from({ length: random.count(profile.environmentsPerDay - 1) }, () => random.float() * 24)
    .map((hour) => day.start + hour * HOUR_MS)
    .sort((a, b) => a - b);
  return [firstStart(profile.functionName, day), ...starts].map((since, number) => ({
    since,
    caller: functionSession(account, profile, day.index, number, since, {
      address: functionAddress(random),
      userAgent: RUNTIME_AGENT,
    }),
  }));
}

/** When the first environment of a day starts: within ten minutes of midnight UTC. */
export function firstStart(functionName: string, day: Pick<Day, 'start' | 'index'>): EpochMs {
  return day.start + randomStream('first-environment', functionName, day.index).float() * 10 * MINUTE_MS;
}

/** Session of the n-th environment of a day, counted from 0. */
export function functionSession(
  account: Account,
  { functionName, roleName, named }: Pick<FunctionProfile, 'functionName' | 'roleName' | 'named'>,
  dayIndex: number,
  number: number,
  since: EpochMs,
  client: { readonly address: string; readonly userAgent: string },
): Caller {
  return roleSession(
    account,
    {
      roleName,
      sessionName: functionName,
      accessKeyId: accessKeyIdOf('ASIA', functionName, dayIndex, number),
      since,
      ...(named && { inScopeOf: { functionArn: arnOf(account, 'lambda', `function:${functionName}`) } }),
    },
    client,
  );
}

function started(
  account: Account,
  { functionName, roleName, onStart }: FunctionProfile,
  { since, caller }: Environment,
  random: Random,
): SimulatedRecord[] {
  const assumption = {
    roleName,
    sessionName: functionName,
    accessKeyId: String(caller.identity.accessKeyId),
    at: since,
  };
  return [
    recorded(awsService(account, 'lambda.amazonaws.com'), assumeRole(account, assumption), since, random),
    recorded(caller, createLogStream(functionName, `[$LATEST]${random.hex(32)}`), since + SECOND_MS, random),
    ...onStart.map(({ call, via }) =>
      recorded(via ? through(caller, via) : caller, call, since + 2 * SECOND_MS, random),
    ),
  ];
}

function calls(
  account: Account,
  profile: FunctionProfile,
  day: Day,
  environments: readonly Environment[],
  random: Random,
): SimulatedRecord[] {
  const whole = profile.rhythm.reduce((sum, share) => sum + share, 0);
  const invoker = profile.invokedBy && awsService(account, profile.invokedBy);
  return profile.rhythm.flatMap((share, hour) =>
    Array.from({ length: random.count((profile.callsPerDay * share) / whole) }, () => {
      const time = day.start + (hour + random.float()) * HOUR_MS;
      const environment = environments.findLast(({ since }) => since + 3 * SECOND_MS <= time);
      if (environment === undefined) return [];
      const call = recorded(environment.caller, random.weighted(profile.habits).make(random), time, random);
      return invoker && random.chance(0.3)
        ? [recorded(invoker, invoke(account, profile.functionName), time - 200, random), call]
        : [call];
    }).flat(),
  );
}
