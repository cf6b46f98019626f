/// <reference path="../../.sst/platform/config.d.ts" />
import { privateBucket } from '../bucket.ts';
import { account, arn, deploy, named, PREFIX, type Text } from '../deployment.ts';
import type { Shared } from '../pipeline-function.ts';
import { policy, type Statement, trust } from '../policy.ts';

export interface NewTrail {
  readonly bucket: aws.s3.Bucket;
  /** Where it is delivered by log group. */
  readonly logGroup: aws.cloudwatch.LogGroup | undefined;
}

/** A trail of all regions, encrypted, with digests to check its files by. */
export function newTrail({ dataKey }: Shared): NewTrail {
  const name = named('trail');
  const trailArn = arn('cloudtrail', `trail/${name}`);
  const { bucket, bucketPolicy } = privateBucket('TrailLogs', 'trail-logs', {
    key: dataKey,
    days: { '': deploy.trailDays },
    statements: (bucketArn) => trailMayWrite(bucketArn, trailArn),
  });
  const logGroup = deploy.delivery === 'log-group' ? trailLogGroup(dataKey) : undefined;
  const role = logGroup && trailToLogGroup(logGroup);

  new aws.cloudtrail.Trail(
    'Trail',
    {
      name,
      s3BucketName: bucket.bucket,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      isOrganizationTrail: deploy.scope === 'organization',
      enableLogFileValidation: true,
      kmsKeyId: dataKey.arn,
      ...(logGroup && { cloudWatchLogsGroupArn: $interpolate`${logGroup.arn}:*` }),
      ...(role && { cloudWatchLogsRoleArn: role.arn }),
    },
    // CloudTrail tries to write into the bucket when the trail is made
    { dependsOn: [bucketPolicy] },
  );
  return { bucket, logGroup };
}

function trailMayWrite(bucketArn: Text, trailArn: Text): Statement[] {
  const ours = { 'aws:SourceArn': trailArn };
  const owners = [account, ...(deploy.organizationId ? [deploy.organizationId] : [])];
  return [
    {
      Sid: 'TrailChecks',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:GetBucketAcl',
      Resource: bucketArn,
      Condition: { StringEquals: ours },
    },
    {
      Sid: 'TrailWrites',
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: owners.map((owner) => $interpolate`${bucketArn}/AWSLogs/${owner}/*`),
      Condition: { StringEquals: { ...ours, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
  ];
}

function trailLogGroup(key: aws.kms.Key) {
  return new aws.cloudwatch.LogGroup('TrailLogGroup', {
    name: `/${PREFIX}/trail`,
    // The bucket keeps them for long; here they only pass
    retentionInDays: 1,
    kmsKeyId: key.arn,
  });
}

function trailToLogGroup(logGroup: aws.cloudwatch.LogGroup) {
  return new aws.iam.Role('TrailToLogGroup', {
    name: named('trail-to-log-group'),
    assumeRolePolicy: trust('cloudtrail.amazonaws.com'),
    inlinePolicies: [
      {
        name: 'write',
        policy: policy({
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: $interpolate`${logGroup.arn}:log-stream:*`,
        }),
      },
    ],
  });
}
