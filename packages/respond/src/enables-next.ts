import { actionsOfService, fitsWildcard } from '@portcullis/iam';

/** What belongs together in an attack: who holds one of these soon uses the others. */
export type Category = 'identity' | 'data' | 'code' | 'witnesses' | 'sharing';

/** Patterns of IAM actions, in the order of their worth to an attacker. Sources: ATT&CK for IaaS v19.1, and the escalation paths known of IAM. */
export const CATEGORIES: Readonly<Record<Category, readonly string[]>> = {
  identity: [
    'iam:Add*',
    'iam:Attach*',
    'iam:Create*',
    'iam:DeactivateMFADevice',
    'iam:Delete*',
    'iam:Detach*',
    'iam:PassRole',
    'iam:Put*',
    'iam:Remove*',
    'iam:Reset*',
    'iam:Set*',
    'iam:Update*',
    'iam:Upload*',
    'rolesanywhere:Create*',
    'rolesanywhere:Update*',
    'sso:Attach*',
    'sso:Create*',
    'sso:Put*',
    'sts:AssumeRole*',
    'sts:AssumeRoot',
    'sts:GetFederationToken',
  ],
  data: [
    'dynamodb:BatchGetItem',
    'dynamodb:ExportTableToPointInTime',
    'dynamodb:GetItem',
    'dynamodb:PartiQLSelect',
    'dynamodb:Query',
    'dynamodb:Scan',
    'ebs:GetSnapshotBlock',
    'kms:Decrypt',
    'lambda:GetFunction',
    'rds-data:*',
    's3:GetObject*',
    'secretsmanager:BatchGetSecretValue',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter*',
  ],
  code: [
    'cloudformation:Create*',
    'cloudformation:Update*',
    'ec2:RunInstances',
    'ecs:RegisterTaskDefinition',
    'ecs:RunTask',
    'events:PutRule',
    'events:PutTargets',
    'iam:PassRole',
    'lambda:AddPermission',
    'lambda:Create*',
    'lambda:PublishLayerVersion',
    'lambda:Update*',
    'scheduler:CreateSchedule',
    'ssm:SendCommand',
    'ssm:StartSession',
    'states:CreateStateMachine',
    'states:UpdateStateMachine',
  ],
  witnesses: [
    'cloudtrail:Delete*',
    'cloudtrail:Put*',
    'cloudtrail:StopLogging',
    'cloudtrail:UpdateTrail',
    'config:Delete*',
    'config:StopConfigurationRecorder',
    'ec2:DeleteFlowLogs',
    'events:DisableRule',
    'events:RemoveTargets',
    'guardduty:Create*',
    'guardduty:Delete*',
    'guardduty:Update*',
    'logs:Delete*',
    'organizations:LeaveOrganization',
    'securityhub:Disable*',
  ],
  sharing: [
    'ec2:CreateSnapshot',
    'ec2:ModifyImageAttribute',
    'ec2:ModifySnapshotAttribute',
    'ram:AssociateResourceShare',
    'ram:CreateResourceShare',
    'rds:ModifyDBClusterSnapshotAttribute',
    'rds:ModifyDBSnapshotAttribute',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutReplicationConfiguration',
  ],
};

/** The next move of whoever did the first; never what comes before it. */
const NEXT: readonly (readonly [seen: string, next: readonly string[]])[] = [
  [
    'iam:CreateUser',
    [
      'iam:CreateAccessKey',
      'iam:CreateLoginProfile',
      'iam:AttachUserPolicy',
      'iam:PutUserPolicy',
      'iam:AddUserToGroup',
    ],
  ],
  ['iam:CreateRole', ['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'sts:AssumeRole']],
  ['iam:Create*', ['iam:CreateAccessKey', 'iam:CreateLoginProfile']],
  ['iam:UpdateAssumeRolePolicy', ['sts:AssumeRole']],
  ['iam:*Policy*', ['iam:Attach*', 'iam:Put*', 'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion']],
  ['iam:List*', ['iam:CreateAccessKey', 'iam:CreateUser', 'iam:AttachUserPolicy', 'iam:AttachRolePolicy']],
  ['iam:Get*', ['iam:CreateAccessKey', 'iam:CreateUser', 'iam:AttachUserPolicy', 'iam:AttachRolePolicy']],
  ['sts:*', ['sts:AssumeRole', 'sts:GetFederationToken']],
  ['secretsmanager:List*', ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue']],
  ['secretsmanager:*Get*', ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue']],
  ['ssm:Describe*', ['ssm:GetParameter*', 'ssm:SendCommand', 'ssm:StartSession']],
  ['ssm:Get*', ['ssm:GetParameter*']],
  ['s3:List*', ['s3:GetObject']],
  ['dynamodb:List*', ['dynamodb:Scan', 'dynamodb:ExportTableToPointInTime']],
  [
    'lambda:*',
    [
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:AddPermission',
      'lambda:CreateFunctionUrlConfig',
    ],
  ],
  ['lambda:Create*', ['iam:PassRole', 'lambda:InvokeFunction']],
  ['ec2:RunInstances', ['iam:PassRole']],
  ['ec2:CreateSnapshot', ['ec2:ModifySnapshotAttribute']],
  ['ec2:*Snapshot*', ['ec2:ModifySnapshotAttribute', 'ebs:GetSnapshotBlock']],
  ['ec2:*Image*', ['ec2:ModifyImageAttribute']],
  ['rds:*Snapshot*', ['rds:ModifyDBSnapshotAttribute', 'rds:ModifyDBClusterSnapshotAttribute']],
  [
    'cloudtrail:*',
    ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors'],
  ],
  ['guardduty:*', ['guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'guardduty:CreateIPSet']],
];

/** Action patterns that come next after what was seen. */
export function enabledBy(seen: readonly string[]): readonly string[] {
  return NEXT.filter(([pattern]) => seen.some((action) => fitsWildcard(pattern, action))).flatMap(([, next]) => next);
}

/** Categories that hold any of what was seen. */
export function categoriesOf(seen: readonly string[]): readonly Category[] {
  return (Object.keys(CATEGORIES) as Category[]).filter((category) =>
    CATEGORIES[category].some((pattern) => seen.some((action) => fitsWildcard(pattern, action))),
  );
}

/**
 * The patterns without what the actor does anyway: a pattern that holds a usual action is replaced by the actions
 * in it that are not.
 */
export function withoutUsual(patterns: readonly string[], hasAction: (action: string) => boolean): readonly string[] {
  return [...new Set(patterns.flatMap((pattern) => unusualIn(pattern, hasAction)))].sort();
}

function unusualIn(pattern: string, hasAction: (action: string) => boolean): readonly string[] {
  const service = pattern.slice(0, pattern.indexOf(':'));
  const held = actionsOfService(service)
    .map(({ name }) => name)
    .filter((name) => fitsWildcard(pattern, name));
  const unusual = held.filter((name) => !hasAction(name));
  return unusual.length === held.length ? [pattern] : unusual;
}
