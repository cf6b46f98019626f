/// <reference path="../../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from '../deployment.ts';
import type { IngestArgs } from '../ingest.ts';
import { type Permission, pipelineFunction, type Shared } from '../pipeline-function.ts';
import type { Statement } from '../policy.ts';
import { queueWithDeadLetters } from '../queue.ts';
import type { NewTrail } from './trail.ts';

/** As long as the largest object may take. */
const SECONDS = 120;

/** A queue of announcements, and the one behind it. */
export interface ObjectQueue {
  readonly queue: aws.sqs.Queue;
  readonly dead: aws.sqs.Queue;
}

/**
 * Buckets, announcements, queues, `ingest-s3`: of the trail where it is delivered so, and of flow logs.
 *
 * The notifications of a bucket that is not ours are never written: they are one document, and a second writer would
 * undo the first's.
 */
export function objectLane({ shared, networkTable, permissions }: IngestArgs, trail: NewTrail | undefined) {
  const ofTrail = deploy.delivery === 's3' ? trailObjects(shared, trail) : undefined;
  const flows = deploy.flowBucket ? flowObjects(shared) : undefined;
  const queues = [...(ofTrail ? [ofTrail.queue.arn] : []), ...(flows ? [flows.queue.arn] : [])];
  const handler = pipelineFunction('ingest-s3', shared, {
    description: 'Reads objects of the trail and of flow logs as activity',
    // An object of CloudTrail is at most some 10 MB, 100 MB of text; parsed it takes three times that
    memory: 1769,
    seconds: SECONDS,
    layers: [networkTable.arn],
    environment: {
      PORTCULLIS_TRAIL_BUCKET: ofTrail?.bucket ?? '',
      PORTCULLIS_TRAIL_PREFIX: ofTrail?.prefix ?? '',
      PORTCULLIS_FLOW_BUCKET: deploy.flowBucket,
      PORTCULLIS_FLOW_PREFIX: deploy.flowBucketPrefix,
    },
    permissions: [
      {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        resources: queues,
      },
      ...(ofTrail ? mayRead(ofTrail.bucket, ofTrail.prefix, deploy.bucketKeyArn) : []),
      ...(flows ? mayRead(deploy.flowBucket, deploy.flowBucketPrefix, deploy.flowBucketKeyArn) : []),
      ...permissions,
    ],
  });
  // Enough for 100 M events a day; more would only outrun the activity stream
  if (ofTrail) readQueue('ReadTrailObjects', handler, ofTrail.queue, 10);
  // Waits by itself, so that a flood of flows holds up no call
  if (flows) readQueue('ReadFlowObjects', handler, flows.queue, 4);
  return { trail: ofTrail, flows };
}

function trailObjects(
  shared: Shared,
  trail: NewTrail | undefined,
): ObjectQueue & { readonly bucket: Text; readonly prefix: string } {
  const bucket: Text = trail?.bucket.bucket ?? deploy.bucket;
  const byTopic = !trail && deploy.announcedBy === 'sns';
  const ruleName = named('trail-objects');
  const { queue, dead } = queueWithDeadLetters('TrailObjects', 'trail-objects', {
    key: shared.dataKey,
    visibilitySeconds: 6 * SECONDS,
    statements: (queueArn) => [
      byTopic
        ? mayAnnounce('sns.amazonaws.com', queueArn, deploy.topicArn)
        : mayAnnounce('events.amazonaws.com', queueArn, arn('events', `rule/${ruleName}`)),
    ],
  });
  if (trail) new aws.s3.BucketNotification('TrailLogsEvents', { bucket: trail.bucket.bucket, eventbridge: true });
  if (byTopic) {
    new aws.sns.TopicSubscription('TrailObjectsSubscription', {
      topic: deploy.topicArn,
      protocol: 'sqs',
      endpoint: queue.arn,
    });
  } else {
    announceByRule(
      'TrailObjects',
      { ruleName, bucket, key: trailKeys(), about: 'New objects of the trail' },
      queue,
      dead,
    );
  }
  return { queue, dead, bucket, prefix: trail ? 'AWSLogs/' : deploy.bucketPrefix };
}

/** EventBridge alone: it tells as many listeners as there are, and whoever owns the bucket turns it on. */
function flowObjects(shared: Shared): ObjectQueue {
  const ruleName = named('flow-objects');
  const { queue, dead } = queueWithDeadLetters('FlowObjects', 'flow-objects', {
    key: shared.dataKey,
    visibilitySeconds: 6 * SECONDS,
    statements: (queueArn) => [mayAnnounce('events.amazonaws.com', queueArn, arn('events', `rule/${ruleName}`))],
  });
  const key = [{ wildcard: `${deploy.flowBucketPrefix}*vpcflowlogs/*.log.gz` }];
  const { flowBucket: bucket } = deploy;
  announceByRule('FlowObjects', { ruleName, bucket, key, about: 'New objects of flow logs' }, queue, dead);
  return { queue, dead };
}

function mayRead(bucket: Text, prefix: string, keyArn: string): Permission[] {
  const bucketArn = arn('s3', bucket, { region: '', owner: '' });
  return [
    { actions: ['s3:GetObject'], resources: [$interpolate`${bucketArn}/${prefix}*`] },
    // So that S3 calls an object that was removed missing, and not forbidden
    { actions: ['s3:ListBucket'], resources: [bucketArn] },
    ...(keyArn ? [{ actions: ['kms:Decrypt'], resources: [keyArn] }] : []),
  ];
}

function readQueue(name: string, handler: sst.aws.Function, queue: aws.sqs.Queue, maximumConcurrency: number): void {
  new aws.lambda.EventSourceMapping(name, {
    functionName: handler.arn,
    eventSourceArn: queue.arn,
    batchSize: 10,
    maximumBatchingWindowInSeconds: 2,
    functionResponseTypes: ['ReportBatchItemFailures'],
    scalingConfig: { maximumConcurrency },
  });
}

interface Announced {
  readonly ruleName: string;
  readonly bucket: Text;
  readonly key: readonly object[];
  readonly about: string;
}

function announceByRule(
  name: string,
  { ruleName, bucket, key, about }: Announced,
  queue: aws.sqs.Queue,
  dead: aws.sqs.Queue,
): void {
  const rule = new aws.cloudwatch.EventRule(`${name}Rule`, {
    name: ruleName,
    description: about,
    eventPattern: $jsonStringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [bucket] }, object: { key } },
    }),
  });
  new aws.cloudwatch.EventTarget(`${name}Target`, {
    rule: rule.name,
    arn: queue.arn,
    retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
    deadLetterConfig: { arn: dead.arn },
  });
}

/** Log files of CloudTrail; digests, inventories and what else lies in the bucket announce nothing here. */
function trailKeys() {
  return [{ wildcard: `${deploy.trail === 'new' ? 'AWSLogs/' : deploy.bucketPrefix}*/CloudTrail/*.json.gz` }];
}

function mayAnnounce(service: string, queueArn: Text, source: Text): Statement {
  return {
    Sid: 'Announcements',
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': source } },
  };
}
