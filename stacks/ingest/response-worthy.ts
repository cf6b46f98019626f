/**
 * Writes that a response may depend on, by service: they come as single events, minutes before the rest.
 *
 * Credentials made, permissions and trust given away, logs and detectors blinded, code or triggers replaced, data
 * opened or destroyed. Names are CloudTrail's; Lambda's carry a version of the API. The pattern of a rule may have
 * 2,048 characters.
 */
const RESPONSE_WORTHY: readonly string[] = [
  // More credentials
  'CreateAccessKey',
  'CreateLoginProfile',
  'UpdateLoginProfile',
  'CreateServiceSpecificCredential',
  'UploadSSHPublicKey',
  'GetFederationToken',
  'AssumeRoot',
  'DeactivateMFADevice',
  'CreateUser',
  'CreateRole',
  'ConsoleLogin',
  // More permissions
  'AttachUserPolicy',
  'AttachRolePolicy',
  'AttachGroupPolicy',
  'PutUserPolicy',
  'PutRolePolicy',
  'PutGroupPolicy',
  'AddUserToGroup',
  'CreatePolicyVersion',
  'SetDefaultPolicyVersion',
  'DeleteRolePermissionsBoundary',
  'DeleteUserPermissionsBoundary',
  'CreateAccountAssignment',
  // Trust
  'UpdateAssumeRolePolicy',
  'CreateOpenIDConnectProvider',
  'CreateSAMLProvider',
  'CreateTrustAnchor',
  'AddPermission20150331v2',
  // Blinding
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'DeleteFlowLogs',
  'DeleteSubscriptionFilter',
  'DeleteLogGroup',
  'DisableRule',
  'RemoveTargets',
  'DeleteDetector',
  'StopConfigurationRecorder',
  'LeaveOrganization',
  // Code and triggers
  'UpdateFunctionCode20150331v2',
  'UpdateFunctionConfiguration20150331v2',
  'CreateFunction20150331',
  'CreateFunctionUrlConfig',
  'UpdateFunctionUrlConfig',
  'CreateEventSourceMapping20150331',
  'SendCommand',
  'StartSession',
  // Data opened or taken
  'PutBucketPolicy',
  'PutBucketPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'PutBucketReplication',
  'ModifySnapshotAttribute',
  'ModifyImageAttribute',
  'ModifyDBSnapshotAttribute',
  'ExportTableToPointInTime',
  'AuthorizeSecurityGroupIngress',
  // Destruction
  'PutBucketLifecycle',
  'PutBucketVersioning',
  'ScheduleKeyDeletion',
  'DisableKey',
  'DeleteDBInstance',
  'DeleteTable',
];

/** What the fast lane listens for. Sign-ins have a `detail-type` of their own, and go by both of its spellings. */
export const FAST_LANE_PATTERN = {
  'detail-type': [
    'AWS API Call via CloudTrail',
    'AWS Console Signin via CloudTrail',
    'AWS Console Sign In via CloudTrail',
  ],
  detail: { eventName: RESPONSE_WORTHY },
};
