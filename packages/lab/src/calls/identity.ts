import { type EpochMs, HOUR_MS, isoTime } from '@portcullis/event';
import { type Account, arnOf, principalIdOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function getCallerIdentity(): Call {
  return read('sts', 'GetCallerIdentity');
}

export interface Assumption {
  readonly roleName: string;
  readonly sessionName: string;
  readonly accessKeyId: string;
  readonly at: EpochMs;
}

export function assumeRole(account: Account, assumption: Assumption): Call {
  return {
    ...read('sts', 'AssumeRole', {
      roleArn: arnOf(account, 'iam', `role/${assumption.roleName}`),
      roleSessionName: assumption.sessionName,
      durationSeconds: 3600,
    }),
    response: mintedSession(account, assumption),
    resources: [{ type: 'AWS::IAM::Role', ARN: arnOf(account, 'iam', `role/${assumption.roleName}`) }],
  };
}

export function assumeRoleWithWebIdentity(account: Account, assumption: Assumption, provider: string): Call {
  return {
    ...read('sts', 'AssumeRoleWithWebIdentity', {
      roleArn: arnOf(account, 'iam', `role/${assumption.roleName}`),
      roleSessionName: assumption.sessionName,
      durationSeconds: 3600,
    }),
    response: {
      ...mintedSession(account, assumption),
      provider: arnOf(account, 'iam', `oidc-provider/${provider}`),
      audience: 'sts.amazonaws.com',
    },
    resources: [{ type: 'AWS::IAM::Role', ARN: arnOf(account, 'iam', `role/${assumption.roleName}`) }],
  };
}

export function assumeRoleWithSaml(
  account: Account,
  assumption: Assumption,
  rolePath: string,
  provider = 'AWSSSO_0a1b2c3d4e5f_DO_NOT_DELETE',
): Call {
  return {
    ...read('sts', 'AssumeRoleWithSAML', {
      roleArn: arnOf(account, 'iam', `role/${rolePath}${assumption.roleName}`),
      roleSessionName: assumption.sessionName,
      principalArn: arnOf(account, 'iam', `saml-provider/${provider}`),
      durationSeconds: 28800,
    }),
    response: { ...mintedSession(account, assumption), subjectType: 'persistent', subject: assumption.sessionName },
  };
}

function mintedSession(account: Account, { roleName, sessionName, accessKeyId, at }: Assumption): JsonObject {
  return {
    credentials: { accessKeyId, sessionToken: 'HIDDEN_DUE_TO_SECURITY_REASONS', expiration: isoTime(at + HOUR_MS) },
    assumedRoleUser: {
      assumedRoleId: `${principalIdOf('AROA', account, roleName)}:${sessionName}`,
      arn: arnOf(account, 'sts', `assumed-role/${roleName}/${sessionName}`),
    },
  };
}

export function consoleLogin(): Call {
  return {
    service: 'signin',
    name: 'ConsoleLogin',
    readOnly: false,
    type: 'AwsConsoleSignIn',
    request: null,
    response: { ConsoleLogin: 'Success' },
    additional: { MobileVersion: 'No', MFAUsed: 'Yes' },
  };
}

export function getRole(roleName: string): Call {
  return read('iam', 'GetRole', { roleName });
}

export function listRoles(): Call {
  return read('iam', 'ListRoles', { maxItems: 100 });
}

export function listUsers(): Call {
  return read('iam', 'ListUsers', { maxItems: 100 });
}

export function listAttachedRolePolicies(roleName: string): Call {
  return read('iam', 'ListAttachedRolePolicies', { roleName });
}

export function getAccountAuthorizationDetails(): Call {
  return read('iam', 'GetAccountAuthorizationDetails', { maxItems: 1000 });
}

export function createRole(account: Account, roleName: string, trustedService: string): Call {
  const trust = trustPolicy({ Service: trustedService });
  return write(
    'iam',
    'CreateRole',
    { roleName, assumeRolePolicyDocument: trust, description: `Execution role of ${roleName}` },
    {
      response: {
        role: {
          path: '/',
          roleName,
          roleId: principalIdOf('AROA', account, roleName),
          arn: arnOf(account, 'iam', `role/${roleName}`),
          assumeRolePolicyDocument: encodeURIComponent(trust),
        },
      },
    },
  );
}

export function putRolePolicy(roleName: string, policyName: string, statement: JsonObject): Call {
  return write('iam', 'PutRolePolicy', {
    roleName,
    policyName,
    policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }),
  });
}

/** Replaces who may assume a role. */
export function updateAssumeRolePolicy(roleName: string, principals: JsonObject): Call {
  return write('iam', 'UpdateAssumeRolePolicy', { roleName, policyDocument: trustPolicy(principals) });
}

function trustPolicy(principals: JsonObject): string {
  const statement = { Effect: 'Allow', Principal: principals, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

export function createUser(account: Account, userName: string): Call {
  const user = {
    path: '/',
    userName,
    userId: principalIdOf('AIDA', account, userName),
    arn: arnOf(account, 'iam', `user/${userName}`),
  };
  return write('iam', 'CreateUser', { userName }, { response: { user } });
}

export function attachUserPolicy(userName: string, policyArn: string): Call {
  return write('iam', 'AttachUserPolicy', { userName, policyArn });
}

export function createAccessKey(userName: string, accessKeyId: string): Call {
  return write(
    'iam',
    'CreateAccessKey',
    { userName },
    { response: { accessKey: { userName, accessKeyId, status: 'Active' } } },
  );
}

export function createLoginProfile(userName: string): Call {
  return write('iam', 'CreateLoginProfile', { userName, passwordResetRequired: false });
}

export function putUserPolicy(userName: string, policyName: string, statement: JsonObject): Call {
  return write('iam', 'PutUserPolicy', {
    userName,
    policyName,
    policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }),
  });
}
