/// <reference path="../.sst/platform/config.d.ts" />
import { privateBucket } from './bucket.ts';
import { arn, deploy, named } from './deployment.ts';
import { encryptedQueue } from './queue.ts';

/** Where adapters keep what is too large or too many for tables, apart by how long it is kept. */
export function keptBuckets(key: aws.kms.Key) {
  return {
    // Snapshots don't expire: the one that a deployment stands on grows old while nothing happens. Each replaces the last
    state: privateBucket('State', 'state', { key, days: {} }).bucket,
    evidence: privateBucket('Evidence', 'evidence', { key, days: { '': deploy.evidenceDays } }).bucket,
    rejects: privateBucket('Rejects', 'rejects', { key, days: { '': deploy.failureDays } }).bucket,
  };
}

export type KeptBuckets = ReturnType<typeof keptBuckets>;

/**
 * Batches and events that could not be processed, whole, and a queue that tells of each.
 *
 * The queue is what an alarm can look at; a message goes once a person has dealt with its object.
 */
export function failuresBucket(key: aws.kms.Key, undelivered: aws.sqs.Queue) {
  const { bucket } = privateBucket('Failures', 'failures', { key, days: { '': deploy.failureDays } });
  new aws.s3.BucketNotification('FailuresEvents', { bucket: bucket.bucket, eventbridge: true });
  const name = named('failures');
  const rule = new aws.cloudwatch.EventRule('FailuresRule', {
    name,
    description: 'Something could not be processed',
    eventPattern: $jsonStringify({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [bucket.bucket] } },
    }),
  });
  const notices = encryptedQueue('FailureNotices', 'failure-notices', {
    key,
    statements: (queueArn) => [
      {
        Sid: 'Notices',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': arn('events', `rule/${name}`) } },
      },
    ],
  });
  new aws.cloudwatch.EventTarget('FailuresTarget', {
    rule: rule.name,
    arn: notices.arn,
    deadLetterConfig: { arn: undelivered.arn },
  });
  return { bucket, notices };
}

/** What rules and schedules of this region could not hand over to their targets. */
export function undeliveredQueue(key: aws.kms.Key) {
  return encryptedQueue('Undelivered', 'undelivered', {
    key,
    statements: (queueArn) => [
      {
        Sid: 'Undelivered',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnLike: { 'aws:SourceArn': arn('events', `rule/${named('*')}`) } },
      },
    ],
  });
}
