/// <reference path="../../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from '../deployment.ts';
import type { Shared } from '../pipeline-function.ts';
import { OWN_ACCOUNT, policy, tlsOnly } from '../policy.ts';
import { killSwitchRuleArn } from '../response/kill-switch.ts';

/** Where alarms go: the topic of the configuration, or a new one to subscribe to. */
export function alarmTopic({ dataKey, undelivered }: Shared, bus: aws.cloudwatch.EventBus): Text {
  const topic = deploy.alarmTopicArn || newTopic(dataKey);
  const rule = new aws.cloudwatch.EventRule('Impaired', {
    name: named('impaired'),
    eventBusName: bus.name,
    description: 'The pipeline says of itself that it is impaired',
    eventPattern: JSON.stringify({ source: ['portcullis'], 'detail-type': ['Pipeline Impaired'] }),
  });
  new aws.cloudwatch.EventTarget('ImpairedTarget', {
    rule: rule.name,
    eventBusName: bus.name,
    arn: topic,
    deadLetterConfig: { arn: undelivered.arn },
  });
  return topic;
}

function newTopic(key: aws.kms.Key): Text {
  const topic = new aws.sns.Topic('Alarms', { name: named('alarms'), kmsMasterKeyId: key.arn });
  new aws.sns.TopicPolicy('AlarmsPolicy', {
    arn: topic.arn,
    policy: policy(
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.arn,
        Condition: OWN_ACCOUNT,
      },
      {
        Sid: 'Impairments',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.arn,
        Condition: {
          ArnEquals: {
            'aws:SourceArn': [
              arn('events', `rule/${named('alerts')}/${named('impaired')}`),
              ...(deploy.response === 'none' ? [] : [killSwitchRuleArn]),
            ],
          },
        },
      },
      tlsOnly('sns:Publish', topic.arn),
    ),
  });
  return topic.arn;
}
