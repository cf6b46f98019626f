/// <reference path="../.sst/platform/config.d.ts" />

/** A fault on Friday evening is found on Monday: until then nothing that was logged is lost. */
const RETENTION_HOURS = 72;

/** One shard takes 1 MB or 1,000 records a second; subscriptions pack and compress many events into a record. */
const SHARDS = 1;

/** All that a stream's own policy can name; other calls are for principals of the account, by their own policies. */
const STREAM_ACTIONS = [
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:PutRecord',
  'kinesis:PutRecords',
];

/** The door: raw logs wait here, encrypted, until they are read as activity events. */
export function ingestStack() {
  // A key of our own, unlike the AWS-managed one, can be denied to a principal, and its use shows in CloudTrail
  const logsKey = new aws.kms.Key('LogsKey', {
    description: 'Encrypts the logs that Portcullis reads',
    enableKeyRotation: true,
    deletionWindowInDays: 30,
  });

  const rawStream = new sst.aws.KinesisStream('RawLogs', {
    transform: {
      // The component has no setting for any of these
      stream(stream) {
        stream.encryptionType = 'KMS';
        stream.kmsKeyId = logsKey.arn;
        stream.retentionPeriod = RETENTION_HOURS;
        stream.streamModeDetails = { streamMode: 'PROVISIONED' };
        stream.shardCount = SHARDS;
      },
    },
  });

  new aws.kinesis.ResourcePolicy('RawLogsTlsOnly', {
    resourceArn: rawStream.arn,
    policy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DenyPlainHttp',
          Effect: 'Deny',
          Principal: '*',
          Action: STREAM_ACTIONS,
          Resource: rawStream.arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    }),
  });

  return { rawStream, logsKey };
}
