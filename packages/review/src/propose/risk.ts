import { accessLevelOf, effectOf } from '@portcullis/iam';
import type { Statement } from '../policy/statement.ts';
import type { AllowGrant } from './grant.ts';

/** Ways to more power than one was given. */
const ESCALATES = new Set([
  'iam:PassRole',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutGroupPolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:AddUserToGroup',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteUserPermissionsBoundary',
  'sts:AssumeRole',
  'lambda:UpdateFunctionCode',
  'lambda:CreateFunction',
  'ec2:RunInstances',
  'ssm:SendCommand',
  'ssm:StartSession',
  'cloudformation:CreateStack',
  'cloudformation:UpdateStack',
]);

const DESTROYS = /^(?:Delete|Terminate|Purge|Disable|Stop|Schedule|Deregister|Remove)/;

/**
 * How much harm one action can do with everything open to it, whoever uses it. The scale is our own and only ranks:
 * 6 for ways to more power, 3 for permissions, 1.5 for reading content and destroying, 1 for other changes, 0.3 for tags,
 * 0.05 for looking.
 */
export function harmOf(action: string): number {
  if (ESCALATES.has(action)) return 6;
  const level = accessLevelOf(action);
  if (level === 'Permissions management') return 3;
  const effect = effectOf(action, level);
  if (effect === 'reads-data') return 1.5;
  if (effect === 'views') return 0.05;
  if (level === 'Tagging') return 0.3;
  return DESTROYS.test(action.slice(action.indexOf(':') + 1)) ? 1.5 : 1;
}

/** How wide a statement's resources are: 1 for everything, 0.5 for patterns, 0.2 for things by name. */
function breadthOf({ resources }: Pick<Statement, 'resources'>): number {
  if (resources === undefined || resources.some((pattern) => /^\*+$/.test(pattern) || ALL_BUCKETS.test(pattern)))
    return 1;
  return resources.some((pattern) => /[*?]|\$\{/.test(pattern.replace(/[/:]\*$|-\?{6}$/, ''))) ? 0.5 : 0.2;
}

const ALL_BUCKETS = /^arn:[^:]*:s3:::\*/;

/** What a principal can do by these grants; each action counts once, as widely as it is granted. */
export function riskOf(grants: readonly Pick<AllowGrant, 'actions' | 'statement'>[]): number {
  const widest = new Map<string, number>();
  for (const { actions, statement } of grants) {
    const breadth = breadthOf(statement);
    for (const action of actions) widest.set(action, Math.max(breadth, widest.get(action) ?? 0));
  }
  let risk = 0;
  for (const [action, breadth] of widest) risk += breadth * harmOf(action);
  return Math.round(risk * 10) / 10;
}
