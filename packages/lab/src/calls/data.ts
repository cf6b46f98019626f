import { type Account, arnOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function listBuckets(): Call {
  return read('s3', 'ListBuckets', { Host: 's3.amazonaws.com' });
}

export function getBucketAcl(bucketName: string): Call {
  return read(
    's3',
    'GetBucketAcl',
    { bucketName, Host: `${bucketName}.s3.amazonaws.com`, acl: '' },
    {
      resources: [{ type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` }],
    },
  );
}

export function getBucketPolicy(bucketName: string): Call {
  return read('s3', 'GetBucketPolicy', { bucketName, Host: `${bucketName}.s3.amazonaws.com`, policy: '' });
}

/** Replaces who may read the bucket from outside. */
export function putBucketPolicy(bucketName: string, principal: JsonObject): Call {
  return write('s3', 'PutBucketPolicy', {
    bucketName,
    Host: `${bucketName}.s3.amazonaws.com`,
    policy: '',
    bucketPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucketName}/*` },
      ],
    },
  });
}

export function listObjects(bucketName: string, prefix: string): Call {
  return read(
    's3',
    'ListObjects',
    { bucketName, prefix, 'list-type': '2', Host: `${bucketName}.s3.amazonaws.com` },
    { data: true, resources: [{ type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` }] },
  );
}

export function getObject(bucketName: string, key: string): Call {
  return read('s3', 'GetObject', { bucketName, key, Host: `${bucketName}.s3.amazonaws.com` }, objectEvent(bucketName));
}

export function putObject(bucketName: string, key: string): Call {
  return write('s3', 'PutObject', { bucketName, key, Host: `${bucketName}.s3.amazonaws.com` }, objectEvent(bucketName));
}

function objectEvent(bucketName: string) {
  return {
    data: true,
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/` },
      { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` },
    ],
    additional: { SignatureVersion: 'SigV4', CipherSuite: 'TLS_AES_128_GCM_SHA256', bytesTransferredIn: 0 },
  };
}

/** A DynamoDB data event; tables are logged only where the trail selects them. */
export function tableItem(account: Account, name: 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem', table: string): Call {
  const make = name === 'GetItem' || name === 'Query' ? read : write;
  return make(
    'dynamodb',
    name,
    { tableName: table, key: ['pk', 'sk'] },
    { data: true, resources: [{ type: 'AWS::DynamoDB::Table', ARN: arnOf(account, 'dynamodb', `table/${table}`) }] },
  );
}

export function describeTable(tableName: string): Call {
  return read('dynamodb', 'DescribeTable', { tableName });
}

export function startQuery(workGroup: string): Call {
  return write('athena', 'StartQueryExecution', {
    queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    workGroup,
    queryExecutionContext: { database: 'shop' },
  });
}

export function describeSnapshots(): Call {
  return read('ec2', 'DescribeSnapshots', {
    snapshotSet: {},
    ownersSet: { items: [{ owner: 'self' }] },
    filterSet: {},
  });
}

export function createSnapshot(volumeId: string, snapshotId: string): Call {
  return write(
    'ec2',
    'CreateSnapshot',
    { volumeId, description: 'nightly' },
    { response: { snapshotId, volumeId, status: 'pending', encrypted: false } },
  );
}

export function deleteSnapshot(snapshotId: string): Call {
  return write('ec2', 'DeleteSnapshot', { snapshotId }, { response: { _return: true } });
}

/** Lets another account copy a snapshot. */
export function shareSnapshot(snapshotId: string, accountId: string): Call {
  return write(
    'ec2',
    'ModifySnapshotAttribute',
    {
      snapshotId,
      createVolumePermission: { add: { items: [{ userId: accountId }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    { response: { _return: true } },
  );
}
