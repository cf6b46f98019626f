import { OPERATIONS, type Operation, type Power } from './api-call.ts';

const READS = /:(?:Get|List|Describe)/;

/**
 * What each role may call: the deployed roles are written from it, and the twin refuses everything else.
 *
 * All of `mint`, and what `attach` and `revert` do to policies, is limited to our own path; `attach` only turns off. Nobody writes a new version of
 * a policy: one that is attached could be made to grant by that alone. `edit` is
 * assumed after approval only. Each operation is the IAM permission of the same name.
 */
export const POWERS: Readonly<Record<Power, readonly Operation[]>> = {
  look: OPERATIONS.filter((operation) => READS.test(operation)),
  mint: ['iam:CreatePolicy'],
  attach: [
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:UpdateAccessKey',
    'lambda:PutFunctionConcurrency',
    'lambda:RemovePermission',
    'lambda:UpdateAlias',
    'lambda:UpdateEventSourceMapping',
    'lambda:UpdateFunctionUrlConfig',
  ],
  revert: [
    'iam:DeletePolicy',
    'iam:DeletePolicyVersion',
    'iam:DetachRolePolicy',
    'iam:DetachUserPolicy',
    'iam:UpdateAccessKey',
    'lambda:AddPermission',
    'lambda:DeleteFunctionConcurrency',
    'lambda:PutFunctionConcurrency',
    'lambda:UpdateAlias',
    'lambda:UpdateEventSourceMapping',
    'lambda:UpdateFunctionUrlConfig',
  ],
  edit: [
    'iam:AddUserToGroup',
    'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:DeleteGroupPolicy',
    'iam:DeleteRolePolicy',
    'iam:DeleteUserPolicy',
    'iam:DetachGroupPolicy',
    'iam:DetachRolePolicy',
    'iam:DetachUserPolicy',
    'iam:PutGroupPolicy',
    'iam:PutRolePolicy',
    'iam:PutUserPolicy',
    'iam:RemoveUserFromGroup',
    'iam:SetDefaultPolicyVersion',
    'iam:UpdateAssumeRolePolicy',
    'ec2:ModifyImageAttribute',
    'ec2:ModifyNetworkInterfaceAttribute',
    'ec2:ModifySnapshotAttribute',
    'organizations:AttachPolicy',
    'organizations:CreatePolicy',
    'organizations:DeletePolicy',
    'organizations:DetachPolicy',
    'sso:DeleteInlinePolicyFromPermissionSet',
    'sso:DescribePermissionSetProvisioningStatus',
    'sso:ProvisionPermissionSet',
    'sso:PutInlinePolicyToPermissionSet',
  ],
};
