/**
 * Calls for which AWS asks no permission of IAM, so that no policy can deny them. A closed list, by service
 * prefix.
 *
 * Not here: `sts:AssumeRoleWithSAML` and `sts:AssumeRoleWithWebIdentity`, which are unsigned but need the
 * role's trust policy, where a deny does work.
 */
export const PERMISSIONLESS: Readonly<Record<string, string>> = {
  // STS API reference: "No permissions are required" (GetCallerIdentity); "you cannot use policies to control"
  // (GetSessionToken, IAM user guide).
  sts: 'GetCallerIdentity GetSessionToken',
  // CloudTrail user guide, "AWS Management Console sign-in events", and Identity Center user guide, "Understanding
  // IAM Identity Center sign-in events".
  signin:
    'ConsoleLogin SwitchRole RenewRole ExitRole CheckMfa GetSigninToken PasswordRecoveryRequested ' +
    'PasswordRecoveryCompleted PasswordUpdated EmailUpdated CredentialChallenge CredentialVerification ' +
    'UserAuthentication UserNameChallenge',
  // The access portal: sign-in events as above, and calls that the SDK models mark as unsigned (a bearer token is
  // the permission).
  sso:
    'Authenticate Federate Logout GetRoleCredentials ListAccountRoles ListAccounts CreateToken RegisterClient ' +
    'StartDeviceAuthorization',
  // SDK model of sso-oidc: unsigned. CreateTokenWithIAM is signed, and not here.
  'sso-oauth': 'CreateToken RegisterClient StartDeviceAuthorization',
  // Cognito identity pools API reference: "This is a public API. You do not need any credentials to call this API".
  'cognito-identity': 'GetCredentialsForIdentity GetId GetOpenIdToken UnlinkIdentity',
  // Cognito user pools API reference: "Amazon Cognito doesn't evaluate IAM policies in requests for this API
  // operation". The service authorization reference lists actions of the same names all the same.
  'cognito-idp':
    'AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword ' +
    'ConfirmSignUp DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword ' +
    'GetDevice GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors ' +
    'GlobalSignOut InitiateAuth ListDevices ListWebAuthnCredentials ResendConfirmationCode ' +
    'RespondToAuthChallenge RevokeToken SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration ' +
    'UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute',
};

const permissionless = new Set(
  Object.entries(PERMISSIONLESS).flatMap(([service, calls]) => calls.split(' ').map((call) => `${service}:${call}`)),
);

export function isPermissionless(action: string): boolean {
  return permissionless.has(action);
}
