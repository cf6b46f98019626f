import { type Account, arnOf } from '../record/account.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import { read, write } from './call.ts';

export function getUser(userName?: string): Call {
  return read('iam', 'GetUser', userName === undefined ? null : { userName });
}

export function listAccessKeys(userName: string): Call {
  return read('iam', 'ListAccessKeys', { userName });
}

export function getAccessKeyLastUsed(accessKeyId: string): Call {
  return read('iam', 'GetAccessKeyLastUsed', { accessKeyId });
}

export function updateAccessKey(userName: string, accessKeyId: string, status: 'Active' | 'Inactive'): Call {
  return write('iam', 'UpdateAccessKey', { userName, accessKeyId, status });
}

export function deleteAccessKey(userName: string, accessKeyId: string): Call {
  return write('iam', 'DeleteAccessKey', { userName, accessKeyId });
}

export function updateLoginProfile(userName: string): Call {
  return write('iam', 'UpdateLoginProfile', { userName, passwordResetRequired: false });
}

export function deleteLoginProfile(userName: string): Call {
  return write('iam', 'DeleteLoginProfile', { userName });
}

export function deactivateMfaDevice(account: Account, userName: string): Call {
  return write('iam', 'DeactivateMFADevice', { userName, serialNumber: arnOf(account, 'iam', `mfa/${userName}`) });
}

export function createOpenIdProvider(account: Account, host: string, thumbprint: string): Call {
  return write(
    'iam',
    'CreateOpenIDConnectProvider',
    { url: `https://${host}`, clientIDList: ['sts.amazonaws.com'], thumbprintList: [thumbprint] },
    { response: { openIDConnectProviderArn: arnOf(account, 'iam', `oidc-provider/${host}`) } },
  );
}

export function createSamlProvider(account: Account, name: string): Call {
  return write(
    'iam',
    'CreateSAMLProvider',
    { name, sAMLMetadataDocument: '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>' },
    { response: { sAMLProviderArn: arnOf(account, 'iam', `saml-provider/${name}`) } },
  );
}

export function listOpenIdProviders(): Call {
  return read('iam', 'ListOpenIDConnectProviders');
}

export function listSamlProviders(): Call {
  return read('iam', 'ListSAMLProviders');
}

export function getAccountSummary(): Call {
  return read('iam', 'GetAccountSummary');
}

/** IAM Roles Anywhere: a certificate authority whose certificates may take up roles. */
export function createTrustAnchor(account: Account, name: string, trustAnchorId: string): Call {
  const source = {
    sourceType: 'CERTIFICATE_BUNDLE',
    sourceData: { x509CertificateData: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  };
  return write(
    'rolesanywhere',
    'CreateTrustAnchor',
    { name, enabled: true, source },
    {
      response: {
        trustAnchor: {
          trustAnchorId,
          trustAnchorArn: arnOf(account, 'rolesanywhere', `trust-anchor/${trustAnchorId}`),
          name,
          enabled: true,
        },
      },
    },
  );
}

export function createAnywhereProfile(
  account: Account,
  name: string,
  profileId: string,
  roleNames: readonly string[],
): Call {
  const roleArns = roleNames.map((roleName) => arnOf(account, 'iam', `role/${roleName}`));
  return write(
    'rolesanywhere',
    'CreateProfile',
    { name, enabled: true, roleArns },
    {
      response: {
        profile: { profileId, profileArn: arnOf(account, 'rolesanywhere', `profile/${profileId}`), roleArns },
      },
    },
  );
}

export function listTrustAnchors(): Call {
  return read('rolesanywhere', 'ListTrustAnchors');
}
