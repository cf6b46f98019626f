/// <reference path="../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from './deployment.ts';
import type { KeptBuckets } from './kept.ts';
import type { Permission } from './pipeline-function.ts';
import { mayRead, mayWrite, type Tables } from './tables.ts';

interface Things {
  readonly stored: Tables;
  readonly buckets: KeptBuckets;
  readonly activity: aws.kinesis.Stream;
  readonly increments: aws.sqs.Queue;
  readonly bus: aws.cloudwatch.EventBus;
  readonly signingKey: aws.kms.Key;
}

/** Who may do what, beside reading its own source. */
export interface Grants {
  readonly ingest: readonly Permission[];
  readonly score: readonly Permission[];
  readonly rollUp: readonly Permission[];
  readonly alert: readonly Permission[];
  readonly publish: readonly Permission[];
  readonly watch: readonly Permission[];
}

export function grants({ stored, buckets, activity, increments, bus, signingKey }: Things): Grants {
  const all = Object.values(stored);
  const inside = ({ arn }: aws.s3.Bucket): Text => $interpolate`${arn}/*`;
  const put: Permission = { actions: ['kinesis:PutRecords'], resources: [activity.arn] };
  const shards: Permission = { actions: ['kinesis:ListShards'], resources: [activity.arn] };
  const publish: Permission[] = [
    { actions: ['events:PutEvents'], resources: [bus.arn] },
    { actions: ['kms:Sign'], resources: [signingKey.arn] },
  ];
  return {
    ingest: [
      put,
      { actions: ['s3:PutObject'], resources: [inside(buckets.rejects)] },
      mayRead(...all),
      mayWrite(...all),
    ],
    score: [
      mayRead(...all),
      mayWrite(...all),
      { actions: ['s3:PutObject', 's3:GetObject'], resources: [inside(buckets.evidence)] },
      { actions: ['s3:GetObject'], resources: [inside(buckets.state)] },
      { actions: ['sqs:SendMessage'], resources: [increments.arn] },
    ],
    rollUp: [
      put,
      shards,
      mayRead(...all),
      mayWrite(...all),
      { actions: ['s3:GetObject', 's3:PutObject'], resources: [inside(buckets.state)] },
    ],
    alert: [mayRead(...all), mayWrite(...all)],
    publish: [...publish, mayRead(stored.alerts), mayWrite(stored.alerts)],
    watch: [
      ...publish,
      mayRead(...all),
      ...(deploy.scope === 'organization'
        ? [
            {
              actions: ['sts:AssumeRole'],
              resources: [arn('iam', `role/${named('member')}`, { region: '', owner: '*' })],
              conditions: [{ test: 'StringEquals', variable: 'aws:ResourceOrgID', values: [deploy.organizationId] }],
            },
          ]
        : []),
    ],
  };
}
