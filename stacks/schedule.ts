/// <reference path="../.sst/platform/config.d.ts" />
import { named } from './deployment.ts';
import { type FunctionName, pascal, type Shared } from './pipeline-function.ts';
import { OWN_ACCOUNT, policy, trust } from './policy.ts';

interface Scheduled {
  readonly name: FunctionName;
  readonly function: sst.aws.Function;
  /** `rate(1 minute)` */
  readonly rate: string;
  /** Where the next one is far off: for how long to try. */
  readonly tryForSeconds?: number;
}

/** Wakes functions by the clock; what they do is told by events, not by when they wake. */
export function clock(
  scheduled: readonly Scheduled[],
  { dataKey, undelivered }: Pick<Shared, 'dataKey' | 'undelivered'>,
) {
  const role = new aws.iam.Role('Clock', {
    name: named('clock'),
    assumeRolePolicy: trust('scheduler.amazonaws.com', OWN_ACCOUNT),
    inlinePolicies: [
      {
        name: 'invoke',
        policy: policy(
          {
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: scheduled.map((one) => one.function.arn),
          },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: undelivered.arn },
          { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: dataKey.arn },
        ),
      },
    ],
  });
  const group = new aws.scheduler.ScheduleGroup('Schedules', { name: named('clock') });
  for (const { name, function: target, rate, tryForSeconds } of scheduled) {
    new aws.scheduler.Schedule(`${pascal(name)}Schedule`, {
      name: named(name),
      groupName: group.name,
      scheduleExpression: rate,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.arn,
        roleArn: role.arn,
        // The next minute comes anyway
        retryPolicy: { maximumEventAgeInSeconds: tryForSeconds ?? 60, maximumRetryAttempts: tryForSeconds ? 10 : 1 },
        deadLetterConfig: { arn: undelivered.arn },
      },
    });
  }
}
