/// <reference path="../../.sst/platform/config.d.ts" />
import { arn, named, type Text } from '../deployment.ts';
import {
  type FunctionName,
  failurePermissions,
  keepFailedEvents,
  type Permission,
  pipelineFunction,
  readStream,
  type Shared,
  streamPermissions,
} from '../pipeline-function.ts';
import { OWN_ACCOUNT, policy, trust } from '../policy.ts';
import { ACTING } from './acting-roles.ts';
import type { ActingPower } from './power-limits.ts';
import { mayInvoke, type responseGrants } from './response-grants.ts';

const HOUR_SECONDS = 60 * 60;

/** One-time schedules live here; each deletes itself. */
const SCHEDULES = named('response');

interface ResponderArgs {
  readonly shared: Shared;
  readonly environment: Readonly<Record<string, Text>>;
  readonly bus: aws.cloudwatch.EventBus;
  readonly ledgerStreamArn: $util.Output<string>;
  readonly granted: ReturnType<typeof responseGrants>;
}

/** By name: `act-mint`. */
export type ActingFunctions = Readonly<Record<string, sst.aws.Function>>;

export function actFunction(power: ActingPower): FunctionName {
  return `act-${power}`;
}

/** One function for each power: it makes the calls that follow from the ledger, and no others. */
export function actingFunctions({
  shared,
  environment,
  granted,
}: Omit<ResponderArgs, 'bus' | 'ledgerStreamArn'>): ActingFunctions {
  return Object.fromEntries(
    ACTING.map((power: ActingPower) => [
      actFunction(power),
      pipelineFunction(actFunction(power), shared, {
        description: `Makes the calls of the response that ${power}, if the ledger says so`,
        memory: 512,
        seconds: 60,
        environment,
        permissions: granted.act(power),
      }),
    ]),
  );
}

/** Plans and leads; changes nothing by itself. One invocation at a time each, so that brakes see all that goes on. */
export function responder({ shared, environment, bus, ledgerStreamArn, granted }: ResponderArgs) {
  const group = new aws.scheduler.ScheduleGroup('ResponseSchedules', { name: SCHEDULES });
  const wakes = schedulerRole(shared);
  const schedules: Permission[] = [
    {
      actions: ['scheduler:CreateSchedule'],
      resources: [arn('scheduler', `schedule/${SCHEDULES}/*`)],
    },
    {
      actions: ['iam:PassRole'],
      resources: [wakes.arn],
      conditions: [{ test: 'StringEquals', variable: 'iam:PassedToService', values: ['scheduler.amazonaws.com'] }],
    },
  ];
  const leads: Readonly<Record<string, Text>> = {
    ...environment,
    PORTCULLIS_RESPONSE_SCHEDULES: group.name,
    PORTCULLIS_RESPONSE_SCHEDULER_ROLE: wakes.arn,
  };

  const respond = pipelineFunction('respond', shared, {
    description: 'Plans what would stop an alert, proposes it, and starts what a rule may',
    memory: 1024,
    // Each cut is read back after fifteen seconds
    seconds: 900,
    concurrency: 1,
    environment: leads,
    permissions: [
      ...failurePermissions(shared),
      ...granted.respond,
      mayInvoke(...ACTING.filter((power) => power !== 'revert').map(actFunction)),
      ...schedules,
    ],
  });
  onAlert(respond, bus, shared);
  // An alert that waited for longer is too old to act on
  keepFailedEvents('respond', { function: respond, shared, retries: 2, maxAgeSeconds: HOUR_SECONDS });

  const keeper = pipelineFunction('keep-leases', shared, {
    description: 'Ends leases that are due, finishes what was left half way, and goes on with what was approved',
    memory: 1024,
    seconds: 900,
    concurrency: 1,
    environment: leads,
    permissions: [
      ...failurePermissions(shared),
      ...granted.keepLeases,
      mayInvoke(...ACTING.map(actFunction)),
      ...schedules,
    ],
  });
  keepFailedEvents('keep-leases', { function: keeper, shared, retries: 2, maxAgeSeconds: HOUR_SECONDS });

  const publisher = pipelineFunction('publish-revocations', shared, {
    description: 'Publishes each line of the ledger that is news, signed, and counts what failed or was held',
    memory: 512,
    seconds: 60,
    environment,
    permissions: [...streamPermissions(ledgerStreamArn), ...failurePermissions(shared), ...granted.publish],
  });
  readStream('ReadLedger', {
    function: publisher,
    streamArn: ledgerStreamArn,
    shared,
    batchSize: 100,
    filters: [{ eventName: ['INSERT'] }],
  });
  return { respond, keeper, publisher };
}

/** Looks at accounts, so that a plan knows who stands behind a role and whom tags protect. */
export function collector({ shared, environment, granted }: Omit<ResponderArgs, 'bus' | 'ledgerStreamArn'>) {
  const collect = pipelineFunction('collect-facts', shared, {
    description: 'Looks at roles, users and functions of every account, for plans to rest on',
    memory: 1024,
    seconds: 900,
    environment,
    permissions: [...failurePermissions(shared), ...granted.collect],
  });
  // The next look comes anyway
  keepFailedEvents('collect-facts', { function: collect, shared, retries: 2, maxAgeSeconds: HOUR_SECONDS });
  return collect;
}

/** Alerts of the live lane, from the bus on which only the publishers speak; what is replayed from its archive is no news. */
function onAlert(respond: sst.aws.Function, bus: aws.cloudwatch.EventBus, { undelivered }: Shared): void {
  const rule = new aws.cloudwatch.EventRule('RespondRule', {
    name: named('respond'),
    eventBusName: bus.name,
    description: 'Alerts to respond to',
    eventPattern: JSON.stringify({
      source: ['portcullis'],
      'detail-type': ['Anomaly Detected', 'Anomaly Updated'],
      detail: { metadata: { mode: ['live'] } },
      'replay-name': [{ exists: false }],
    }),
  });
  new aws.lambda.Permission('RespondInvokes', {
    action: 'lambda:InvokeFunction',
    function: respond.name,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
  new aws.cloudwatch.EventTarget('RespondTarget', {
    rule: rule.name,
    eventBusName: bus.name,
    arn: respond.arn,
    retryPolicy: { maximumEventAgeInSeconds: HOUR_SECONDS, maximumRetryAttempts: 20 },
    deadLetterConfig: { arn: undelivered.arn },
  });
}

/** By which one-time schedules wake the two that lead. */
function schedulerRole({ dataKey, undelivered }: Shared): aws.iam.Role {
  return new aws.iam.Role('ResponseClock', {
    name: named('response-clock'),
    assumeRolePolicy: trust('scheduler.amazonaws.com', OWN_ACCOUNT),
    inlinePolicies: [
      {
        name: 'invoke',
        policy: policy(
          {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: ['respond', 'keep-leases'].map((name) => arn('lambda', `function:${named(name)}`)),
          },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: undelivered.arn },
          { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: dataKey.arn },
        ),
      },
    ],
  });
}
