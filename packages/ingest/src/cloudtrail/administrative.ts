import { matchesPattern } from '@portcullis/iam';
import { positiveConditions } from './policy-condition.ts';
import type { AllowStatement } from './policy-document.ts';

/**
 * Actions by which a principal can give itself or others more power.
 *
 * Source: the published catalogues of IAM privilege escalation (Rhino Security Labs, "AWS IAM Privilege
 * Escalation"; pathfinding.cloud).
 */
const ESCALATING_ACTIONS = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteUserPermissionsBoundary',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'sts:AssumeRole',
  'organizations:AttachPolicy',
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
];

const PASS_ROLE = 'iam:PassRole';

const ESCALATING_BY_NAME = new Map(ESCALATING_ACTIONS.map((name) => [name.toLowerCase(), name]));

/** Actions by which the receiver of a resource can hand the resource on, per kind of resource policy. */
const HANDING_ON_ACTIONS = [
  's3:PutBucketPolicy',
  's3:PutBucketAcl',
  's3:PutObjectAcl',
  'kms:PutKeyPolicy',
  'kms:CreateGrant',
  'lambda:AddPermission',
  'lambda:UpdateFunctionCode',
  'sns:AddPermission',
  'sns:SetTopicAttributes',
  'sqs:AddPermission',
  'sqs:SetQueueAttributes',
  'secretsmanager:PutResourcePolicy',
  'ecr:SetRepositoryPolicy',
  'events:PutPermission',
];

/**
 * AWS managed policies that allow everything, or to grant further.
 *
 * Source: AWS managed policy reference guide; read there for `Action *`, `NotAction`, `iam:*`,
 * `organizations:*` and `sso:*` on all resources.
 */
const ADMINISTRATIVE_MANAGED_POLICIES = new Set([
  'AdministratorAccess',
  'AdministratorAccess-Amplify',
  'AdministratorAccess-AWSElasticBeanstalk',
  'AWSOrganizationsFullAccess',
  'AWSSSOMasterAccountAdministrator',
  'IAMFullAccess',
  'PowerUserAccess',
]);

/** `arn:aws:iam::aws:policy/AdministratorAccess`, in any partition; a customer's policy of that name does not count. */
export function isAdministrativeManagedPolicy(policyArn: string): boolean {
  const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  return policyArn.includes(':iam::aws:policy/') && ADMINISTRATIVE_MANAGED_POLICIES.has(name);
}

/** An identity policy statement that allows everything or to grant further, on more than named resources. */
export function isAdministrativeIdentityStatement(statement: AllowStatement): boolean {
  if (!statement.resources.some(isBroadResource) && statement.resources.length > 0) return false;
  if (statement.allActionsBut !== undefined) return true;
  return statement.actions.some((action) => isEscalation(action, statement));
}

/** A resource policy statement that allows everything on the resource or to hand it on. */
export function isAdministrativeResourceStatement({ actions, allActionsBut }: AllowStatement): boolean {
  if (allActionsBut !== undefined) return true;
  return actions.some((action) => action === '*' || HANDING_ON_ACTIONS.some((known) => matchesPattern(action, known)));
}

/** A role handed only to named services (`iam:PassedToService`) is how deployments work; it gives no free choice. */
function isEscalation(action: string, { condition }: AllowStatement): boolean {
  const covered = coveredEscalations(action);
  if (covered.length !== 1 || covered[0] !== PASS_ROLE) return covered.length > 0;
  return !positiveConditions(condition).some(([key]) => key === 'iam:passedtoservice');
}

/** Plain names, the great majority, cost one look-up; only patterns are compared with each known action. */
function coveredEscalations(action: string): readonly string[] {
  if (/[*?]/.test(action)) return ESCALATING_ACTIONS.filter((known) => matchesPattern(action, known));
  const name = ESCALATING_BY_NAME.get(action.toLowerCase());
  return name === undefined ? [] : [name];
}

/** `*`, or all of one sort of identity: `arn:aws:iam::*:role/*`. */
function isBroadResource(resource: string): boolean {
  if (/^\*+$/.test(resource)) return true;
  const [, , service = '', , , ...local] = resource.split(':');
  return /^(?:iam|sts|\*)$/.test(service) && /^(?:(?:role|user|group|policy|\*)\/)?\*$/.test(local.join(':'));
}
