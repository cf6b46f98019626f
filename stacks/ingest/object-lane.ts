/// <reference path="../../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from '../deployment.ts';
import type { IngestArgs } from '../ingest.ts';
import { pipelineFunction } from '../pipeline-function.ts';
import type { Statement } from '../policy.ts';
import { queueWithDeadLetters } from '../queue.ts';
import type { NewTrail } from './trail.ts';

/** As long as the largest object may take. */
const SECONDS = 120;

/**
 * Trail bucket, announcement, queue, `ingest-s3`.
 *
 * The notifications of a bucket that is not ours are never written: they are one document, and a second writer would
 * undo the first's.
 */
export function objectLane({ shared, networkTable, permissions }: IngestArgs, trail: NewTrail | undefined) {
  const bucketName: Text = trail?.bucket.bucket ?? deploy.bucket;
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
    announceByRule(ruleName, bucketName, queue, dead);
  }

  const handler = pipelineFunction('ingest-s3', shared, {
    description: 'Reads trail objects as activity events',
    // An object of CloudTrail is at most some 10 MB, 100 MB of text; parsed it takes three times that
    memory: 1769,
    seconds: SECONDS,
    layers: [networkTable.arn],
    environment: {
      PORTCULLIS_TRAIL_BUCKET: bucketName,
      PORTCULLIS_TRAIL_PREFIX: trail ? 'AWSLogs/' : deploy.bucketPrefix,
    },
    permissions: [
      {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        resources: [queue.arn],
      },
      {
        actions: ['s3:GetObject'],
        resources: [
          $interpolate`${arn('s3', bucketName, { region: '', owner: '' })}/${trail ? 'AWSLogs/' : deploy.bucketPrefix}*`,
        ],
      },
      // So that S3 calls an object that was removed missing, and not forbidden
      { actions: ['s3:ListBucket'], resources: [arn('s3', bucketName, { region: '', owner: '' })] },
      ...(deploy.bucketKeyArn ? [{ actions: ['kms:Decrypt'], resources: [deploy.bucketKeyArn] }] : []),
      ...permissions,
    ],
  });
  new aws.lambda.EventSourceMapping('ReadTrailObjects', {
    functionName: handler.arn,
    eventSourceArn: queue.arn,
    batchSize: 10,
    maximumBatchingWindowInSeconds: 2,
    functionResponseTypes: ['ReportBatchItemFailures'],
    // Enough for 100 M events a day; more would only outrun the activity stream
    scalingConfig: { maximumConcurrency: 10 },
  });
  return { handler, objects: { queue, dead }, stream: undefined };
}

function announceByRule(ruleName: string, bucketName: Text, queue: aws.sqs.Queue, dead: aws.sqs.Queue): void {
  const key = trailKeys();
  const rule = new aws.cloudwatch.EventRule('TrailObjectsRule', {
    name: ruleName,
    description: 'New objects of the trail',
    eventPattern: $jsonStringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [bucketName] }, object: { key } },
    }),
  });
  new aws.cloudwatch.EventTarget('TrailObjectsTarget', {
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
