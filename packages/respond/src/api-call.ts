/** A JSON value: what goes to AWS and comes back. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** Operations of AWS that a response ever uses: a closed list, each in the words of the SDK. */
export const OPERATIONS = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreatePolicy',
  'iam:DeleteGroupPolicy',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:DeleteRolePolicy',
  'iam:DeleteUserPolicy',
  'iam:DetachGroupPolicy',
  'iam:DetachRolePolicy',
  'iam:DetachUserPolicy',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetGroupPolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:GetUser',
  'iam:GetUserPolicy',
  'iam:ListAccessKeys',
  'iam:ListAttachedGroupPolicies',
  'iam:ListAttachedRolePolicies',
  'iam:ListAttachedUserPolicies',
  'iam:ListGroupsForUser',
  'iam:ListPolicyVersions',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:RemoveUserFromGroup',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAccessKey',
  'iam:UpdateAssumeRolePolicy',
  'lambda:AddPermission',
  'lambda:DeleteFunctionConcurrency',
  'lambda:GetAlias',
  'lambda:GetEventSourceMapping',
  'lambda:GetFunctionConcurrency',
  'lambda:GetFunctionUrlConfig',
  'lambda:GetPolicy',
  'lambda:ListFunctions',
  'lambda:ListProvisionedConcurrencyConfigs',
  'lambda:PutFunctionConcurrency',
  'lambda:RemovePermission',
  'lambda:UpdateAlias',
  'lambda:UpdateEventSourceMapping',
  'lambda:UpdateFunctionUrlConfig',
  'ec2:DescribeImageAttribute',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSnapshotAttribute',
  'ec2:ModifyImageAttribute',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifySnapshotAttribute',
  'organizations:AttachPolicy',
  'organizations:CreatePolicy',
  'organizations:DeletePolicy',
  'organizations:DescribePolicy',
  'organizations:DetachPolicy',
  'organizations:ListPolicies',
  'organizations:ListTargetsForPolicy',
  'sso:DeleteInlinePolicyFromPermissionSet',
  'sso:DescribePermissionSetProvisioningStatus',
  'sso:GetInlinePolicyForPermissionSet',
  'sso:ProvisionPermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/**
 * The role that makes a call; each can do less than what it would take to grant anything.
 *
 * `mint` creates deny-only policies, `attach` puts them on and turns things off, `revert` takes away what we put there,
 * `edit` changes what is the customer's, after approval only. `look` reads.
 */
export type Power = 'look' | 'mint' | 'attach' | 'revert' | 'edit';

/** One call to AWS, as data. */
export interface ApiCall {
  readonly operation: Operation;
  readonly power: Power;
  readonly input: JsonObject;
}

/** What AWS said. A refusal has a code of its own and never looks like an empty answer. */
export type Answer =
  | { readonly kind: 'done'; readonly output: JsonObject }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };
