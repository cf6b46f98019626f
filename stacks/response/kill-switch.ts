/// <reference path="../../.sst/platform/config.d.ts" />
import { ARMED } from '../../packages/aws/src/response/response-config.ts';
import { arn, named, PREFIX, type Text } from '../deployment.ts';

/** Name of the rule; the topic lets it publish. */
export const KILL_SWITCH_RULE = named('kill-switch');

/** The one parameter that is read before each act. What it says is no matter of deployments once it is there. */
export function killSwitch() {
  return new aws.ssm.Parameter(
    'KillSwitch',
    {
      name: `/${PREFIX}/kill-switch`,
      description: `Whatever else than ${ARMED} stops all cuts, at once`,
      type: 'String',
      value: ARMED,
    },
    { ignoreChanges: ['value'] },
  );
}

/**
 * Tells of each change of the switch, whoever makes it.
 *
 * By the account's own bus straight to the topic: no function, table, bus or role of ours is on the way, so that whoever holds those
 * cannot flip it in silence.
 */
export function tellOfKillSwitch(parameter: aws.ssm.Parameter, topic: Text, undelivered: aws.sqs.Queue) {
  const rule = new aws.cloudwatch.EventRule('KillSwitchRule', {
    name: KILL_SWITCH_RULE,
    description: 'Somebody changed the kill switch of the response',
    eventPattern: $jsonStringify({
      source: ['aws.ssm'],
      'detail-type': ['Parameter Store Change'],
      detail: { name: [parameter.name] },
    }),
  });
  new aws.cloudwatch.EventTarget('KillSwitchTarget', {
    rule: rule.name,
    arn: topic,
    deadLetterConfig: { arn: undelivered.arn },
    inputTransformer: {
      inputPaths: { operation: '$.detail.operation', time: '$.time', account: '$.account' },
      inputTemplate: JSON.stringify(
        `${named('kill-switch')} of account <account>: <operation> at <time>. See what it says now, and in CloudTrail who did it (PutParameter).`,
      ),
    },
  });
  return rule;
}

/** Rules that may publish on a topic of ours, by their ARN. */
export const killSwitchRuleArn: Text = arn('events', `rule/${KILL_SWITCH_RULE}`);
