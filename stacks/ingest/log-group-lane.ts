/// <reference path="../../.sst/platform/config.d.ts" />
import { account, arn, deploy, named, settings, type Text } from '../deployment.ts';
import type { IngestArgs } from '../ingest.ts';
import { failurePermissions, pipelineFunction, readStream } from '../pipeline-function.ts';
import { policy, tlsOnly, trust } from '../policy.ts';
import { groupsBesideTrail, type SubscribedGroup, toldOf } from './subscribed-groups.ts';
import type { NewTrail } from './trail.ts';

/** A fault on Friday evening is found on Monday: until then nothing that was logged is lost. */
const RETENTION_HOURS = 72;

/** All that a stream's own policy can name; other calls are for principals of the account, by their own policies. */
export const STREAM_ACTIONS = [
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:PutRecord',
  'kinesis:PutRecords',
];

/** Log groups, subscriptions, stream, `ingest-stream`: of the trail where it is delivered so, and of what else logs. */
export function logGroupLane({ shared, networkTable, permissions }: IngestArgs, trail: NewTrail | undefined) {
  const stream = new aws.kinesis.Stream('RawLogs', {
    name: named('raw-logs'),
    shardCount: deploy.rawShards,
    streamModeDetails: { streamMode: 'PROVISIONED' },
    retentionPeriod: RETENTION_HOURS,
    encryptionType: 'KMS',
    kmsKeyId: shared.dataKey.arn,
  });
  new aws.kinesis.ResourcePolicy('RawLogsTlsOnly', {
    resourceArn: stream.arn,
    policy: policy(tlsOnly(STREAM_ACTIONS, stream.arn)),
  });
  const ofTrail: readonly Text[] = trail?.logGroup ? [trail.logGroup.name] : deploy.logGroups;
  const groups: readonly SubscribedGroup<Text>[] = [
    ...ofTrail.map((name) => ({ kind: 'cloudtrail', name }) as const),
    ...groupsBesideTrail(deploy),
  ];
  subscribe(groups, stream, shared.dataKey);

  const handler = pipelineFunction('ingest-stream', shared, {
    description: 'Reads raw logs of CloudWatch Logs subscriptions as activity',
    // A Kinesis batch is 6 MB at most, some 60 MB of text; 7 MB more are the network table. A whole vCPU, as it is all parsing
    memory: 1769,
    seconds: 60,
    layers: [networkTable.arn],
    environment: {
      PORTCULLIS_LOG_GROUPS: $output(groups).apply((all) => JSON.stringify(all.map(toldOf))),
      PORTCULLIS_LOG_OWNERS: $output(account).apply((owner) => JSON.stringify([owner, ...settings.accounts.own])),
    },
    permissions: [
      {
        actions: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        resources: [stream.arn],
      },
      ...failurePermissions(shared),
      ...permissions,
    ],
  });
  // Order means nothing to raw logs: each record is a container of its own, so ten may be read at once
  readStream('ReadRawLogs', { function: handler, streamArn: stream.arn, shared, batchSize: 100, parallelization: 10 });
  return stream;
}

const PREFIXES = { cloudtrail: 'Raw', function: 'Function', api: 'Api', flow: 'Flow' } as const;

/** Random distribution: a trail has few log streams, and one of them would fill one shard. */
function subscribe(groups: readonly SubscribedGroup<Text>[], stream: aws.kinesis.Stream, key: aws.kms.Key): void {
  const role = new aws.iam.Role('LogsToRawLogs', {
    name: named('logs-to-raw-logs'),
    assumeRolePolicy: trust('logs.amazonaws.com', { StringLike: { 'aws:SourceArn': arn('logs', '*') } }),
    inlinePolicies: [
      {
        name: 'put',
        policy: policy(
          { Effect: 'Allow', Action: ['kinesis:PutRecord', 'kinesis:PutRecords'], Resource: stream.arn },
          { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: key.arn },
        ),
      },
    ],
  });
  const counted = new Map<string, number>();
  for (const { kind, name } of groups) {
    const index = counted.get(kind) ?? 0;
    counted.set(kind, index + 1);
    new aws.cloudwatch.LogSubscriptionFilter(`${PREFIXES[kind]}Logs${index || ''}Subscription`, {
      name: named('raw-logs'),
      logGroup: name,
      destinationArn: stream.arn,
      roleArn: role.arn,
      filterPattern: '',
      distribution: 'Random',
    });
  }
}
