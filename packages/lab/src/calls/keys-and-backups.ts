import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

const onKey = (account: Account, keyId: string) => ({
  resources: [{ type: 'AWS::KMS::Key', ARN: arnOf(account, 'kms', `key/${keyId}`) }],
});

export function listKeys(): Call {
  return read('kms', 'ListKeys', { limit: 100 });
}

export function describeKey(account: Account, keyId: string): Call {
  return read('kms', 'DescribeKey', { keyId }, onKey(account, keyId));
}

export function scheduleKeyDeletion(account: Account, keyId: string): Call {
  return write(
    'kms',
    'ScheduleKeyDeletion',
    { keyId, pendingWindowInDays: 7 },
    {
      ...onKey(account, keyId),
      response: { keyId: arnOf(account, 'kms', `key/${keyId}`), keyState: 'PendingDeletion' },
    },
  );
}

export function disableKey(account: Account, keyId: string): Call {
  return write('kms', 'DisableKey', { keyId }, onKey(account, keyId));
}

/** Lets another account decrypt with the key. */
export function openKey(account: Account, keyId: string, accountId: string): Call {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: arnOf(account, 'iam', 'root') }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant'],
        Resource: '*',
      },
    ],
  });
  return write('kms', 'PutKeyPolicy', { keyId, policyName: 'default', policy }, onKey(account, keyId));
}

export function listBackupVaults(): Call {
  return read('backup', 'ListBackupVaults');
}

export function listRecoveryPoints(backupVaultName: string): Call {
  return read('backup', 'ListRecoveryPointsByBackupVault', { backupVaultName });
}

export function deleteRecoveryPoint(account: Account, backupVaultName: string, recoveryPointId: string): Call {
  return write('backup', 'DeleteRecoveryPoint', {
    backupVaultName,
    recoveryPointArn: arnOf(account, 'backup', `recovery-point:${recoveryPointId}`),
  });
}

export function deleteBackupVault(backupVaultName: string): Call {
  return write('backup', 'DeleteBackupVault', { backupVaultName });
}
