import { type Account, arnOf, principalIdOf } from '../record/account.ts';
import type { Call, JsonObject } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export const ADMINISTRATOR_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** A policy document that allows the statement. */
function allowing(statement: JsonObject): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}

export function customerPolicy(account: Account, name: string): string {
  return arnOf(account, 'iam', `policy/${name}`);
}

export function createPolicy(account: Account, policyName: string, statement: JsonObject): Call {
  return write(
    'iam',
    'CreatePolicy',
    { policyName, policyDocument: allowing(statement) },
    {
      response: {
        policy: {
          policyName,
          policyId: principalIdOf('AROA', account, policyName).replace('AROA', 'ANPA'),
          arn: customerPolicy(account, policyName),
          path: '/',
          defaultVersionId: 'v1',
          attachmentCount: 0,
          isAttachable: true,
        },
      },
    },
  );
}

export function createPolicyVersion(
  policyArn: string,
  versionId: string,
  statement: JsonObject,
  setAsDefault: boolean,
): Call {
  return write(
    'iam',
    'CreatePolicyVersion',
    { policyArn, policyDocument: allowing(statement), setAsDefault },
    { response: { policyVersion: { versionId, isDefaultVersion: setAsDefault } } },
  );
}

export function setDefaultPolicyVersion(policyArn: string, versionId: string): Call {
  return write('iam', 'SetDefaultPolicyVersion', { policyArn, versionId });
}

export function attachRolePolicy(roleName: string, policyArn: string): Call {
  return write('iam', 'AttachRolePolicy', { roleName, policyArn });
}

export function addUserToGroup(userName: string, groupName: string): Call {
  return write('iam', 'AddUserToGroup', { userName, groupName });
}

export function deleteRolePermissionsBoundary(roleName: string): Call {
  return write('iam', 'DeleteRolePermissionsBoundary', { roleName });
}

/** A role that principals of other accounts, or a provider, may take up. */
export function createTrustingRole(account: Account, roleName: string, principal: JsonObject, action: string): Call {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action }],
  });
  return write(
    'iam',
    'CreateRole',
    { roleName, assumeRolePolicyDocument: trust, description: '' },
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

export function createInstanceProfile(account: Account, instanceProfileName: string): Call {
  return write(
    'iam',
    'CreateInstanceProfile',
    { instanceProfileName },
    {
      response: {
        instanceProfile: {
          instanceProfileName,
          path: '/',
          arn: arnOf(account, 'iam', `instance-profile/${instanceProfileName}`),
        },
      },
    },
  );
}

export function addRoleToInstanceProfile(instanceProfileName: string, roleName: string): Call {
  return write('iam', 'AddRoleToInstanceProfile', { instanceProfileName, roleName });
}

export function listPolicies(): Call {
  return read('iam', 'ListPolicies', { scope: 'Local', onlyAttached: false });
}

export function getPolicy(policyArn: string): Call {
  return read('iam', 'GetPolicy', { policyArn });
}

export function getPolicyVersion(policyArn: string, versionId: string): Call {
  return read('iam', 'GetPolicyVersion', { policyArn, versionId });
}

export function listPolicyVersions(policyArn: string): Call {
  return read('iam', 'ListPolicyVersions', { policyArn });
}

export function listRolePolicies(roleName: string): Call {
  return read('iam', 'ListRolePolicies', { roleName });
}

export function listAttachedUserPolicies(userName: string): Call {
  return read('iam', 'ListAttachedUserPolicies', { userName });
}

export function listUserPolicies(userName: string): Call {
  return read('iam', 'ListUserPolicies', { userName });
}

export function listGroupsForUser(userName: string): Call {
  return read('iam', 'ListGroupsForUser', { userName });
}

export function listGroups(): Call {
  return read('iam', 'ListGroups', { maxItems: 100 });
}

export function simulatePrincipalPolicy(policySourceArn: string, actionNames: readonly string[]): Call {
  return read('iam', 'SimulatePrincipalPolicy', { policySourceArn, actionNames });
}
