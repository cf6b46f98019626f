/**
 * Calls for which AWS asks no permission, so that no policy can deny them. A closed list.
 *
 * Sources: STS API reference ("No permissions are required to perform this operation"); sign-in events
 * are listed in the CloudTrail user guide, "AWS Management Console sign-in events", and in the
 * Identity Center guide, "Understanding IAM Identity Center sign-in events".
 */
const PERMISSIONLESS = new Set([
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
  'signin:ConsoleLogin',
  'signin:SwitchRole',
  'signin:RenewRole',
  'signin:ExitRole',
  'signin:CheckMfa',
  'signin:GetSigninToken',
  'signin:PasswordRecoveryRequested',
  'signin:PasswordRecoveryCompleted',
  'signin:PasswordUpdated',
  'signin:EmailUpdated',
  'signin:CredentialChallenge',
  'signin:CredentialVerification',
  'signin:UserAuthentication',
  'signin:UserNameChallenge',
  'sso:Authenticate',
  'sso:Federate',
  'sso:Logout',
]);

export function isPermissionless(action: string): boolean {
  return PERMISSIONLESS.has(action);
}
