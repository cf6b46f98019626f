import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

/** Instances that Systems Manager can reach. */
export function describeManagedInstances(): Call {
  return read('ssm', 'DescribeInstanceInformation', { maxResults: 50 });
}

export function describeParameters(): Call {
  return read('ssm', 'DescribeParameters', { maxResults: 50 });
}

export function getParametersByPath(path: string): Call {
  return read('ssm', 'GetParametersByPath', { path, recursive: true, withDecryption: true, maxResults: 10 });
}

/** A shell on an instance. */
export function startSession(account: Account, target: string, sessionId: string): Call {
  return write(
    'ssm',
    'StartSession',
    { target },
    {
      response: { sessionId, tokenValue: 'Value hidden due to security reasons.' },
      resources: [{ type: 'AWS::EC2::Instance', ARN: arnOf(account, 'ec2', `instance/${target}`) }],
    },
  );
}

export function terminateSession(sessionId: string): Call {
  return write('ssm', 'TerminateSession', { sessionId });
}

export function getCommandInvocation(commandId: string, instanceId: string): Call {
  return read('ssm', 'GetCommandInvocation', { commandId, instanceId });
}

export function describeOrganization(): Call {
  return read('organizations', 'DescribeOrganization');
}

export function listAccounts(): Call {
  return read('organizations', 'ListAccounts', { maxResults: 20 });
}

export function batchGetSecrets(account: Account, names: readonly string[]): Call {
  return read('secretsmanager', 'BatchGetSecretValue', {
    secretIdList: names.map((name) => arnOf(account, 'secretsmanager', `secret:${name}`)),
  });
}

export function describeSecret(account: Account, name: string): Call {
  return read('secretsmanager', 'DescribeSecret', { secretId: arnOf(account, 'secretsmanager', `secret:${name}`) });
}

/** Lets another account read the secret. */
export function shareSecret(account: Account, name: string, accountId: string): Call {
  return write('secretsmanager', 'PutResourcePolicy', {
    secretId: arnOf(account, 'secretsmanager', `secret:${name}`),
    resourcePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
        },
      ],
    }),
    blockPublicPolicy: false,
  });
}

export function deleteSecret(account: Account, name: string): Call {
  return write('secretsmanager', 'DeleteSecret', {
    secretId: arnOf(account, 'secretsmanager', `secret:${name}`),
    forceDeleteWithoutRecovery: true,
  });
}
