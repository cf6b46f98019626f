/// <reference path="../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from './deployment.ts';
import {
  type FunctionName,
  failurePermissions,
  keepFailedEvents,
  type Permission,
  pipelineFunction,
  readStream,
  type Shared,
  streamPermissions,
} from './pipeline-function.ts';
import { policy, type Statement, tlsOnly } from './policy.ts';
import { queueWithDeadLetters } from './queue.ts';

/** Roles that speak for us: of alerts, and of what was done about them. */
const PUBLISHERS: readonly FunctionName[] =
  deploy.response === 'none' ? ['publish-outbox'] : ['publish-outbox', 'publish-revocations'];

/** `source` of every event that we publish. */
const SOURCE = 'portcullis';

const SECONDS = 60;

/** The bus that application teams subscribe to, and its archive. */
export function alertBus() {
  const bus = new aws.cloudwatch.EventBus('Alerts', { name: named('alerts'), description: 'Alerts of Portcullis' });
  new aws.cloudwatch.EventBusPolicy('AlertsPolicy', {
    eventBusName: bus.name,
    policy: policy(...publisherOnly(bus.arn)),
  });
  new aws.cloudwatch.EventArchive('AlertsArchive', {
    name: named('alerts'),
    eventSourceArn: bus.arn,
    description: 'Alerts as published. What is replayed from here carries replay-name: it is no news',
    retentionDays: deploy.alertDays,
    eventPattern: JSON.stringify({ source: [SOURCE] }),
  });
  return bus;
}

/** Findings of hours that are still open; those of one account stay in order. */
export function incrementsQueue({ dataKey }: Pick<Shared, 'dataKey'>) {
  return queueWithDeadLetters('Increments', 'increments', { key: dataKey, fifo: true, visibilitySeconds: 6 * SECONDS });
}

interface AlertingArgs {
  readonly shared: Shared;
  readonly increments: aws.sqs.Queue;
  /** Changes of the table in which alerts wait. */
  readonly outboxStreamArn: Text;
  readonly alert: readonly Permission[];
  readonly publish: readonly Permission[];
}

export function alertingStack({ shared, increments, outboxStreamArn, alert, publish }: AlertingArgs) {
  const teller = pipelineFunction('alert', shared, {
    description: 'Tells early what would be an alert by the findings of an open hour',
    memory: 1024,
    seconds: SECONDS,
    environment: {},
    permissions: [
      {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        resources: [increments.arn],
      },
      ...alert,
    ],
  });
  new aws.lambda.EventSourceMapping('ReadIncrements', {
    functionName: teller.arn,
    eventSourceArn: increments.arn,
    // No batching window: queues with order take none
    batchSize: 10,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency: 5 },
  });

  const publisher = pipelineFunction('publish-outbox', shared, {
    description: 'Signs and publishes the alerts that wait',
    memory: 512,
    seconds: SECONDS,
    environment: {},
    permissions: [...streamPermissions(outboxStreamArn), ...failurePermissions(shared), ...publish],
  });
  // New ones are published at once; what that misses, the next minute finds
  readStream('ReadOutbox', {
    function: publisher,
    streamArn: outboxStreamArn,
    shared,
    batchSize: 100,
    filters: [{ eventName: ['INSERT'] }],
  });
  keepFailedEvents('publish-outbox', { function: publisher, shared, retries: 0, maxAgeSeconds: 60 * 60 });
  return { teller, publisher };
}

/**
 * Denials, since principals of the account need no permission from the bus. The publishers go by the names of their roles:
 * the bus is made before them.
 */
function publisherOnly(busArn: Text): Statement[] {
  const publishers = PUBLISHERS.map((name) => arn('iam', `role/${named(name)}`, { region: '' }));
  return [
    {
      Sid: 'OnlyPublishersSpeakForPortcullis',
      Effect: 'Deny',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: busArn,
      Condition: { StringEquals: { 'events:source': SOURCE }, ArnNotEquals: { 'aws:PrincipalArn': publishers } },
    },
    {
      Sid: 'NobodySpeaksForAnyoneElse',
      Effect: 'Deny',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: busArn,
      Condition: { StringNotEquals: { 'events:source': SOURCE } },
    },
    tlsOnly('events:PutEvents', busArn),
  ];
}
