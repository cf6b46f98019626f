/**
 * ATT&CK Enterprise v19.1 techniques that an IAM action is known to serve.
 *
 * A benign call of the same action serves none of them; the mapping says what an abuse would be
 * called, so that readers can look it up.
 */
const TECHNIQUES: Readonly<Record<string, readonly string[]>> = {
  'T1078.004': ['signin:ConsoleLogin', 'sts:GetCallerIdentity'],
  'T1550.001': ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:GetSessionToken'],
  'T1548.005': ['sts:AssumeRoot'],
  'T1552.005': ['ec2:DescribeInstanceAttribute', 'lambda:GetFunction', 'ec2:GetPasswordData'],
  'T1555.006': [
    'secretsmanager:GetSecretValue',
    'secretsmanager:BatchGetSecretValue',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ssm:GetParametersByPath',
  ],
  'T1087.004': ['iam:ListUsers', 'iam:ListRoles', 'iam:GetAccountAuthorizationDetails'],
  T1580: ['ec2:DescribeInstances', 'rds:DescribeDBInstances', 'lambda:ListFunctions', 'ec2:DescribeSnapshots'],
  T1526: ['ses:GetSendQuota', 'servicequotas:ListServiceQuotas', 'bedrock:ListFoundationModels'],
  T1619: ['s3:ListAllMyBuckets', 's3:ListBucket'],
  'T1098.001': [
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'iam:UpdateLoginProfile',
    'iam:UploadSSHPublicKey',
    'iam:CreateServiceSpecificCredential',
    'sts:GetFederationToken',
    'ec2:CreateKeyPair',
    'ec2:ImportKeyPair',
  ],
  'T1098.003': [
    'iam:AttachUserPolicy',
    'iam:AttachRolePolicy',
    'iam:AttachGroupPolicy',
    'iam:PutUserPolicy',
    'iam:PutRolePolicy',
    'iam:PutGroupPolicy',
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
    'iam:AddUserToGroup',
    'iam:DeleteRolePermissionsBoundary',
    'iam:DeleteUserPermissionsBoundary',
  ],
  T1098: ['iam:UpdateAssumeRolePolicy', 'rolesanywhere:CreateTrustAnchor'],
  'T1484.002': ['iam:CreateOpenIDConnectProvider', 'iam:CreateSAMLProvider'],
  'T1136.003': ['iam:CreateUser', 'iam:CreateRole'],
  'T1556.006': ['iam:DeactivateMFADevice', 'iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
  T1648: ['lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:CreateEventSourceMapping', 'states:StartExecution'],
  T1546: ['events:PutRule', 'events:PutTargets', 'lambda:AddPermission'],
  T1525: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:PublishLayerVersion'],
  T1133: ['lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionUrlConfig'],
  T1651: ['ssm:SendCommand', 'ssm:StartAutomationExecution', 'ecs:ExecuteCommand'],
  'T1021.007': ['ssm:StartSession', 'ec2-instance-connect:SendSSHPublicKey'],
  'T1578.002': ['ec2:RunInstances'],
  'T1578.005': ['ec2:AuthorizeSecurityGroupIngress'],
  'T1685.002': [
    'cloudtrail:StopLogging',
    'cloudtrail:DeleteTrail',
    'cloudtrail:UpdateTrail',
    'cloudtrail:PutEventSelectors',
    'cloudtrail:DeleteEventDataStore',
    'cloudtrail:StopEventDataStoreIngestion',
    'ec2:DeleteFlowLogs',
    'logs:DeleteLogGroup',
    'logs:DeleteLogStream',
    'logs:DeleteSubscriptionFilter',
    'logs:PutRetentionPolicy',
  ],
  T1685: [
    'guardduty:DeleteDetector',
    'guardduty:UpdateDetector',
    'guardduty:CreateIPSet',
    'guardduty:UpdateIPSet',
    'guardduty:CreateFilter',
    'guardduty:DisassociateFromMasterAccount',
    'guardduty:DisassociateFromAdministratorAccount',
    'securityhub:DisableSecurityHub',
    'events:DisableRule',
    'events:RemoveTargets',
    'events:DeleteRule',
    'config:StopConfigurationRecorder',
    'config:DeleteConfigurationRecorder',
    'config:DeleteDeliveryChannel',
    'access-analyzer:DeleteAnalyzer',
    'organizations:LeaveOrganization',
  ],
  T1530: ['s3:GetObject'],
  'T1213.006': ['dynamodb:Scan', 'dynamodb:ExportTableToPointInTime', 'rds-data:ExecuteStatement'],
  T1537: [
    'ec2:ModifySnapshotAttribute',
    'ec2:ModifyImageAttribute',
    'rds:ModifyDBSnapshotAttribute',
    's3:PutBucketPolicy',
    's3:PutReplicationConfiguration',
    'ram:CreateResourceShare',
  ],
  T1485: [
    's3:DeleteObject',
    's3:DeleteBucket',
    'rds:DeleteDBInstance',
    'dynamodb:DeleteTable',
    'ec2:TerminateInstances',
  ],
  'T1485.001': ['s3:PutLifecycleConfiguration'],
  T1490: ['s3:PutBucketVersioning', 'rds:DeleteDBSnapshot', 'ec2:DeleteSnapshot', 'backup:DeleteRecoveryPoint'],
  T1486: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
  T1496: ['ec2:RequestSpotInstances', 'ec2:CreateFleet', 'ecs:RunTask'],
  'T1496.004': ['bedrock:InvokeModel', 'ses:SendEmail', 'sns:Publish'],
  T1531: ['iam:DeleteLoginProfile', 'iam:UpdateAccessKey', 'iam:DeleteUser'],
};

const byAction = new Map<string, string[]>();
for (const [technique, actions] of Object.entries(TECHNIQUES)) {
  for (const action of actions) byAction.set(action, [...(byAction.get(action) ?? []), technique]);
}

/** Techniques that an abuse of this IAM action would be filed under; none where nothing is known. */
export function techniquesOf(action: string): readonly string[] {
  return byAction.get(action) ?? [];
}
