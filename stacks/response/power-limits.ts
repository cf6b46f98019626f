import { POLICY_PATH } from '../../packages/respond/src/actions/attach-deny-policy.ts';
import type { Operation, Power } from '../../packages/respond/src/api-call.ts';

/** Powers that change something; each is a role of its own. */
export type ActingPower = Exclude<Power, 'look'>;

/** Resources of one service, as their ARNs look. `account` stands for the account that is acted on. */
export interface Resources {
  readonly service: string;
  readonly region: '' | '*';
  readonly owner: 'account' | '' | '*';
  readonly names: readonly string[];
}

/** How far an operation reaches. */
export interface Limit {
  readonly sid: string;
  readonly on: readonly Resources[];
  readonly when?: Readonly<Record<string, Readonly<Record<string, Resources | string>>>>;
}

export const iam = (...names: readonly string[]): Resources => ({
  service: 'iam',
  region: '',
  owner: 'account',
  names,
});
export const lambda = (...names: readonly string[]): Resources => ({
  service: 'lambda',
  region: '*',
  owner: 'account',
  names,
});
export const ec2 = (owner: Resources['owner'], ...names: readonly string[]): Resources => ({
  service: 'ec2',
  region: '*',
  owner,
  names,
});
export const sso = (...names: readonly string[]): Resources => ({ service: 'sso', region: '', owner: '', names });
/** What belongs to an organization is named after its management account. */
export const organization = (...names: readonly string[]): Resources => ({
  service: 'organizations',
  region: '',
  owner: '*',
  names,
});

export const OUR_POLICIES = iam(`policy${POLICY_PATH}*`);
export const PRINCIPALS = iam('role/*', 'user/*', 'group/*');
const FUNCTIONS = lambda('function:*');
/** Of what is attached or detached, in the request. */
export const OURS_ONLY = { ArnLike: { 'iam:PolicyARN': OUR_POLICIES } };

const MINT: Limit = { sid: 'Mint', on: [OUR_POLICIES] };
const UNMINT: Limit = { sid: 'Unmint', on: [OUR_POLICIES] };
const ATTACH: Limit = { sid: 'Attach', on: [iam('role/*', 'user/*')], when: OURS_ONLY };
const DETACH: Limit = { sid: 'Detach', on: [iam('role/*', 'user/*')], when: OURS_ONLY };
const KEYS: Limit = { sid: 'Keys', on: [iam('user/*')] };
const ON_FUNCTIONS: Limit = { sid: 'Functions', on: [FUNCTIONS] };
const CLOSE_URLS: Limit = {
  sid: 'CloseUrls',
  on: [FUNCTIONS],
  when: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
};
const EVENT_SOURCES: Limit = { sid: 'EventSources', on: [lambda('event-source-mapping:*')] };
const EDIT: Limit = { sid: 'Principals', on: [PRINCIPALS] };
const SHARES: Limit = { sid: 'Shares', on: [ec2('', 'image/*', 'snapshot/*')] };
const PERMISSION_SETS: Limit = { sid: 'PermissionSets', on: [sso('instance/*', 'permissionSet/*', 'account/*')] };

/**
 * Operations that no role of a deployment has. Nothing in IAM tells our service control policies from others, so a role that may detach
 * ours may detach all. Who wants pins makes a role for them in the management account: docs/response.md.
 */
export const GIVEN_TO_NOBODY: ReadonlySet<Operation> = new Set<Operation>([
  'organizations:AttachPolicy',
  'organizations:CreatePolicy',
  'organizations:DeletePolicy',
  'organizations:DetachPolicy',
]);

/** By power and operation: all that is ever allowed, and where. An operation that is missing here stops the deployment. */
export const LIMITS: Readonly<Record<ActingPower, Readonly<Partial<Record<Operation, Limit>>>>> = {
  mint: { 'iam:CreatePolicy': MINT },
  attach: {
    'iam:AttachRolePolicy': ATTACH,
    'iam:AttachUserPolicy': ATTACH,
    'iam:UpdateAccessKey': KEYS,
    'lambda:PutFunctionConcurrency': ON_FUNCTIONS,
    'lambda:RemovePermission': ON_FUNCTIONS,
    'lambda:UpdateAlias': ON_FUNCTIONS,
    'lambda:UpdateEventSourceMapping': EVENT_SOURCES,
    'lambda:UpdateFunctionUrlConfig': CLOSE_URLS,
  },
  revert: {
    'iam:DeletePolicy': UNMINT,
    'iam:DeletePolicyVersion': UNMINT,
    'iam:DetachRolePolicy': DETACH,
    'iam:DetachUserPolicy': DETACH,
    'iam:UpdateAccessKey': KEYS,
    'lambda:AddPermission': ON_FUNCTIONS,
    'lambda:DeleteFunctionConcurrency': ON_FUNCTIONS,
    'lambda:PutFunctionConcurrency': ON_FUNCTIONS,
    'lambda:UpdateAlias': ON_FUNCTIONS,
    'lambda:UpdateEventSourceMapping': EVENT_SOURCES,
    'lambda:UpdateFunctionUrlConfig': ON_FUNCTIONS,
  },
  edit: {
    'iam:AddUserToGroup': EDIT,
    'iam:AttachGroupPolicy': EDIT,
    'iam:AttachRolePolicy': EDIT,
    'iam:AttachUserPolicy': EDIT,
    'iam:DeleteGroupPolicy': EDIT,
    'iam:DeleteRolePolicy': EDIT,
    'iam:DeleteUserPolicy': EDIT,
    'iam:DetachGroupPolicy': EDIT,
    'iam:DetachRolePolicy': EDIT,
    'iam:DetachUserPolicy': EDIT,
    'iam:PutGroupPolicy': EDIT,
    'iam:PutRolePolicy': EDIT,
    'iam:PutUserPolicy': EDIT,
    'iam:RemoveUserFromGroup': EDIT,
    'iam:UpdateAssumeRolePolicy': EDIT,
    'iam:SetDefaultPolicyVersion': { sid: 'Versions', on: [iam('policy/*')] },
    'ec2:ModifyImageAttribute': SHARES,
    'ec2:ModifySnapshotAttribute': SHARES,
    'ec2:ModifyNetworkInterfaceAttribute': {
      sid: 'Isolate',
      on: [ec2('account', 'network-interface/*', 'security-group/*')],
    },
    'sso:DeleteInlinePolicyFromPermissionSet': PERMISSION_SETS,
    'sso:DescribePermissionSetProvisioningStatus': PERMISSION_SETS,
    'sso:ProvisionPermissionSet': PERMISSION_SETS,
    'sso:PutInlinePolicyToPermissionSet': PERMISSION_SETS,
  },
};
