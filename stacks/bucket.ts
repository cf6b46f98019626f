/// <reference path="../.sst/platform/config.d.ts" />
import { account, home, kept, lasting, named } from './deployment.ts';
import { policy, type Statement, tlsOnly } from './policy.ts';

interface BucketArgs {
  readonly key: aws.kms.Key;
  /** Prefixes and for how many days what lies below them is kept. */
  readonly days: Readonly<Record<string, number>>;
  /** For how many days nobody can change or delete an object, the root of the account included. */
  readonly lockDays?: number;
  readonly statements?: (bucketArn: $util.Output<string>) => readonly Statement[];
}

/** A bucket that is private, encrypted by our key, versioned, closed to plain HTTP, and empties itself. */
export function privateBucket(name: string, physical: string, { key, days, lockDays, statements }: BucketArgs) {
  const bucket = new aws.s3.Bucket(
    name,
    { bucket: bucketName(physical), forceDestroy: !lasting, ...(lockDays && { objectLockEnabled: true }) },
    kept,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(`${name}Encryption`, {
    bucket: bucket.bucket,
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn },
        // One call to the key for many objects
        bucketKeyEnabled: true,
      },
    ],
  });
  new aws.s3.BucketVersioning(`${name}Versioning`, {
    bucket: bucket.bucket,
    versioningConfiguration: { status: 'Enabled' },
  });
  new aws.s3.BucketLifecycleConfiguration(`${name}Lifecycle`, {
    bucket: bucket.bucket,
    rules: [
      ...Object.entries(days).map(([prefix, count]) => ({
        id: prefix || 'all',
        status: 'Enabled',
        filter: { prefix },
        expiration: { days: count },
      })),
      {
        id: 'leftovers',
        status: 'Enabled',
        filter: { prefix: '' },
        // Written over or deleted: time enough to notice, then gone
        noncurrentVersionExpiration: { noncurrentDays: 7 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  if (lockDays) {
    new aws.s3.BucketObjectLockConfiguration(`${name}Lock`, {
      bucket: bucket.bucket,
      rule: { defaultRetention: { mode: 'COMPLIANCE', days: lockDays } },
    });
  }
  const access = new aws.s3.BucketPublicAccessBlock(`${name}Private`, {
    bucket: bucket.bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  const bucketPolicy = new aws.s3.BucketPolicy(
    `${name}Policy`,
    {
      bucket: bucket.bucket,
      // In a bucket's own policy `s3:*` can only take away: every action there is, over plain HTTP
      policy: policy(tlsOnly('s3:*', [bucket.arn, $interpolate`${bucket.arn}/*`]), ...(statements?.(bucket.arn) ?? [])),
    },
    { dependsOn: access },
  );
  return { bucket, bucketPolicy };
}

/** Names of buckets are the same for all the world: account and region make them ours. */
export function bucketName(physical: string): $util.Output<string> {
  return $interpolate`${named(physical)}-${account}-${home}`;
}
