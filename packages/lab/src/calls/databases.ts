import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function describeDatabases(): Call {
  return read('rds', 'DescribeDBInstances', { maxRecords: 100 });
}

export function describeDatabaseSnapshots(): Call {
  return read('rds', 'DescribeDBSnapshots', { maxRecords: 100 });
}

export function createDatabaseSnapshot(
  account: Account,
  dBInstanceIdentifier: string,
  dBSnapshotIdentifier: string,
): Call {
  return write(
    'rds',
    'CreateDBSnapshot',
    { dBInstanceIdentifier, dBSnapshotIdentifier },
    {
      response: {
        dBInstanceIdentifier,
        dBSnapshotIdentifier,
        dBSnapshotArn: arnOf(account, 'rds', `snapshot:${dBSnapshotIdentifier}`),
        status: 'creating',
        engine: 'postgres',
        encrypted: true,
      },
    },
  );
}

/** Lets another account restore the snapshot. */
export function shareDatabaseSnapshot(dBSnapshotIdentifier: string, accountId: string): Call {
  return write('rds', 'ModifyDBSnapshotAttribute', {
    dBSnapshotIdentifier,
    attributeName: 'restore',
    valuesToAdd: [accountId],
  });
}

/** Sets another master password. */
export function resetMasterPassword(dBInstanceIdentifier: string): Call {
  return write('rds', 'ModifyDBInstance', {
    dBInstanceIdentifier,
    masterUserPassword: '****',
    applyImmediately: true,
    allowMajorVersionUpgrade: false,
  });
}

export function exposeDatabase(dBInstanceIdentifier: string): Call {
  return write('rds', 'ModifyDBInstance', { dBInstanceIdentifier, publiclyAccessible: true, applyImmediately: true });
}

/** Writes a snapshot's tables into a bucket as files. */
export function exportSnapshot(
  account: Account,
  snapshotId: string,
  s3BucketName: string,
  roleName: string,
  keyId: string,
): Call {
  return write('rds', 'StartExportTask', {
    exportTaskIdentifier: `export-${snapshotId}`,
    sourceArn: arnOf(account, 'rds', `snapshot:${snapshotId}`),
    s3BucketName,
    iamRoleArn: arnOf(account, 'iam', `role/${roleName}`),
    kmsKeyId: keyId,
  });
}

export function deleteDatabase(dBInstanceIdentifier: string): Call {
  return write('rds', 'DeleteDBInstance', {
    dBInstanceIdentifier,
    skipFinalSnapshot: true,
    deleteAutomatedBackups: true,
  });
}

export function deleteDatabaseSnapshot(dBSnapshotIdentifier: string): Call {
  return write('rds', 'DeleteDBSnapshot', { dBSnapshotIdentifier });
}

export function listTables(): Call {
  return read('dynamodb', 'ListTables', { limit: 100 });
}

export function scanTable(account: Account, tableName: string): Call {
  return read(
    'dynamodb',
    'Scan',
    { tableName, select: 'ALL_ATTRIBUTES' },
    {
      data: true,
      resources: [{ type: 'AWS::DynamoDB::Table', ARN: arnOf(account, 'dynamodb', `table/${tableName}`) }],
    },
  );
}

export function describeContinuousBackups(tableName: string): Call {
  return read('dynamodb', 'DescribeContinuousBackups', { tableName });
}

/** Writes a whole table into a bucket, which may belong to another account. */
export function exportTable(account: Account, tableName: string, s3Bucket: string, owner?: string): Call {
  return write('dynamodb', 'ExportTableToPointInTime', {
    tableArn: arnOf(account, 'dynamodb', `table/${tableName}`),
    s3Bucket,
    ...(owner !== undefined && { s3BucketOwner: owner }),
    exportFormat: 'DYNAMODB_JSON',
  });
}

export function disablePointInTimeRecovery(tableName: string): Call {
  return write('dynamodb', 'UpdateContinuousBackups', {
    tableName,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
  });
}

export function deleteTable(account: Account, tableName: string): Call {
  return write(
    'dynamodb',
    'DeleteTable',
    { tableName },
    { resources: [{ type: 'AWS::DynamoDB::Table', ARN: arnOf(account, 'dynamodb', `table/${tableName}`) }] },
  );
}
