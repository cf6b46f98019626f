import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read } from './call.ts';

export function listSecrets(): Call {
  return read('secretsmanager', 'ListSecrets', { maxResults: 100 });
}

export function getSecretValue(account: Account, secretName: string): Call {
  return read('secretsmanager', 'GetSecretValue', {
    secretId: arnOf(account, 'secretsmanager', `secret:${secretName}`),
  });
}

export function getParameter(name: string): Call {
  return read('ssm', 'GetParameter', { name, withDecryption: true });
}

/** `context` names what was encrypted, as the calling service tells KMS. */
export function decrypt(account: Account, keyId: string, context: Record<string, string>): Call {
  return read(
    'kms',
    'Decrypt',
    { encryptionContext: context, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    { resources: [{ type: 'AWS::KMS::Key', ARN: arnOf(account, 'kms', `key/${keyId}`) }] },
  );
}
