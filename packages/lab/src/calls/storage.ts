import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

const host = (bucketName: string) => ({ bucketName, Host: `${bucketName}.s3.amazonaws.com` });

const onBucket = (bucketName: string) => ({
  resources: [{ type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` }],
});

const onObject = (bucketName: string, key: string) => ({
  data: true,
  resources: [
    { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
    { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
  ],
  additional: { SignatureVersion: 'SigV4', CipherSuite: 'TLS_AES_128_GCM_SHA256', bytesTransferredIn: 0 },
});

export function getBucketLocation(bucketName: string): Call {
  return read('s3', 'GetBucketLocation', { ...host(bucketName), location: '' }, onBucket(bucketName));
}

export function getBucketVersioning(bucketName: string): Call {
  return read('s3', 'GetBucketVersioning', { ...host(bucketName), versioning: '' }, onBucket(bucketName));
}

export function getBucketReplication(bucketName: string): Call {
  return read('s3', 'GetBucketReplication', { ...host(bucketName), replication: '' }, onBucket(bucketName));
}

export function getPublicAccessBlock(bucketName: string): Call {
  return read('s3', 'GetBucketPublicAccessBlock', { ...host(bucketName), publicAccessBlock: '' }, onBucket(bucketName));
}

export function deletePublicAccessBlock(bucketName: string): Call {
  return write(
    's3',
    'DeleteBucketPublicAccessBlock',
    { ...host(bucketName), publicAccessBlock: '' },
    onBucket(bucketName),
  );
}

export function suspendVersioning(bucketName: string): Call {
  return write(
    's3',
    'PutBucketVersioning',
    {
      ...host(bucketName),
      versioning: '',
      VersioningConfiguration: { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/', Status: 'Suspended' },
    },
    onBucket(bucketName),
  );
}

/** Has everything in the bucket deleted after some days. */
export function expireObjects(bucketName: string, days: number): Call {
  return write(
    's3',
    'PutBucketLifecycle',
    {
      ...host(bucketName),
      lifecycle: '',
      LifecycleConfiguration: {
        xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
        Rule: { ID: 'cleanup', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: days } },
      },
    },
    onBucket(bucketName),
  );
}

/** Sends all new objects to a bucket of another account. */
export function replicateTo(bucketName: string, roleArn: string, destination: string, accountId: string): Call {
  return write(
    's3',
    'PutBucketReplication',
    {
      ...host(bucketName),
      replication: '',
      ReplicationConfiguration: {
        xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
        Role: roleArn,
        Rule: {
          ID: 'sync',
          Status: 'Enabled',
          Priority: 1,
          Destination: {
            Bucket: `arn:aws:s3:::${destination}`,
            Account: accountId,
            AccessControlTranslation: { Owner: 'Destination' },
          },
        },
      },
    },
    onBucket(bucketName),
  );
}

export function deleteObjects(bucketName: string): Call {
  return write(
    's3',
    'DeleteObjects',
    { ...host(bucketName), delete: '', 'x-id': 'DeleteObjects' },
    {
      ...onBucket(bucketName),
      data: true,
    },
  );
}

export function deleteBucket(bucketName: string): Call {
  return write('s3', 'DeleteBucket', host(bucketName), onBucket(bucketName));
}

/** Copies an object onto itself under a key that only the caller has. */
export function encryptInPlace(bucketName: string, key: string): Call {
  const request: JsonObject = {
    ...host(bucketName),
    key,
    'x-amz-copy-source': `${bucketName}/${key}`,
    'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    'x-id': 'CopyObject',
  };
  return write('s3', 'CopyObject', request, {
    ...onObject(bucketName, key),
    response: { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
    additional: { SignatureVersion: 'SigV4', SSEApplied: 'SSE_C', bytesTransferredIn: 0 },
  });
}

/** Copies an object into a bucket of another account. */
export function copyAbroad(bucketName: string, key: string, destination: string): Call {
  return write(
    's3',
    'CopyObject',
    { ...host(destination), key, 'x-amz-copy-source': `${bucketName}/${key}`, 'x-id': 'CopyObject' },
    {
      ...onObject(destination, key),
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${destination}/${key}` },
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` },
      ],
    },
  );
}
