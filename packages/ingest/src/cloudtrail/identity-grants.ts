import type { Grant } from '@portcullis/event';
import { isAdministrativeIdentityStatement, isAdministrativeManagedPolicy } from './administrative.ts';
import { type GrantCall, type GrantReader, type GrantReaders, grant, ownGrant, policyGrants } from './grant-call.ts';
import { allowStatementsOf } from './policy-document.ts';
import { recipientNamed } from './recipient.ts';
import { firstText, isFalse, itemsOf, objectOf, partOf, textOf } from './record.ts';

/** IAM calls that give an identity power or a way in. */
export const IAM_GRANTS: GrantReaders = {
  CreateRole: trust('assumeRolePolicyDocument'),
  UpdateAssumeRolePolicy: trust('policyDocument'),

  PutRolePolicy: inlinePolicy('roleName'),
  PutUserPolicy: inlinePolicy('userName'),
  PutGroupPolicy: inlinePolicy('groupName'),
  AttachRolePolicy: managedPolicy('roleName'),
  AttachUserPolicy: managedPolicy('userName'),
  AttachGroupPolicy: managedPolicy('groupName'),
  AddUserToGroup: ({ request }) => [
    ownGrant('identity-policy', textOf(request.userName), `group/${textOf(request.groupName)}`),
  ],
  CreatePolicy: ({ request, response }) => {
    const policy = textOf(partOf(response.policy).arn) || textOf(request.policyName);
    return [ownGrant('identity-policy', policy, policy, isAdministrativePolicy(request.policyDocument))];
  },
  CreatePolicyVersion: ({ request }) => {
    const policy = textOf(request.policyArn);
    return [ownGrant('identity-policy', policy, policy, isAdministrativePolicy(request.policyDocument))];
  },
  // What the version says is in no record of this call.
  SetDefaultPolicyVersion: ({ request }) => {
    const policy = textOf(request.policyArn);
    return [ownGrant('identity-policy', policy, `${policy} ${textOf(request.versionId)}`)];
  },

  CreateAccessKey: (call) => [
    // The account's own root user: nothing is beyond that key.
    ownGrant('credential', targetUser(call), 'access-key', call.callerIsRoot && textOf(call.request.userName) === ''),
  ],
  UpdateAccessKey: (call) =>
    textOf(call.request.status) === 'Active' ? [ownGrant('credential', targetUser(call), 'access-key')] : [],
  CreateLoginProfile: credential('login-profile'),
  UpdateLoginProfile: credential('login-profile'),
  UploadSSHPublicKey: credential('ssh-key'),
  UploadSigningCertificate: credential('signing-certificate'),
  CreateServiceSpecificCredential: credential('service-specific-credential'),
  ResetServiceSpecificCredential: credential('service-specific-credential'),

  CreateOpenIDConnectProvider: ({ request }) => federation(textOf(request.url)),
  CreateSAMLProvider: ({ request }) => federation(textOf(request.name)),
  UpdateSAMLProvider: ({ request }) => federation(firstText(request, 'sAMLProviderArn', 'SAMLProviderArn')),
  AddClientIDToOpenIDConnectProvider: ({ request }) =>
    federation(firstText(request, 'openIDConnectProviderArn', 'OpenIDConnectProviderArn')),
  UpdateOpenIDConnectProviderThumbprint: ({ request }) =>
    federation(firstText(request, 'openIDConnectProviderArn', 'OpenIDConnectProviderArn')),

  DeleteRolePermissionsBoundary: boundaryRemoved('roleName'),
  DeleteUserPermissionsBoundary: boundaryRemoved('userName'),
};

export const STS_GRANTS: GrantReaders = {
  // A session that outlives the user's keys by up to 36 hours, and may open a console.
  GetFederationToken: ({ request }) => [ownGrant('credential', textOf(request.name), 'federation-token')],
};

/** IAM Roles Anywhere: whoever holds a certificate of the anchor may become a role. */
export const ROLES_ANYWHERE_GRANTS: GrantReaders = {
  CreateTrustAnchor: trustAnchor,
  UpdateTrustAnchor: trustAnchor,
};

/** IAM Identity Center. */
export const SSO_GRANTS: GrantReaders = {
  CreateAccountAssignment: ({ request }) => [
    ownGrant('identity-policy', textOf(request.principalId), textOf(request.permissionSetArn)),
  ],
  AttachManagedPolicyToPermissionSet: ({ request }) => {
    const policy = textOf(request.managedPolicyArn);
    const set = textOf(request.permissionSetArn);
    return [ownGrant('identity-policy', set, policy, isAdministrativeManagedPolicy(policy))];
  },
  PutInlinePolicyToPermissionSet: ({ request }) => {
    const set = textOf(request.permissionSetArn);
    return [ownGrant('identity-policy', set, 'inline-policy', isAdministrativePolicy(request.inlinePolicy))];
  },
};

function trust(document: string): GrantReader {
  return ({ request, account }) => policyGrants('trust-policy', request[document], textOf(request.roleName), account);
}

function inlinePolicy(entity: string): GrantReader {
  return ({ request }) => [
    ownGrant(
      'identity-policy',
      textOf(request[entity]),
      textOf(request.policyName),
      isAdministrativePolicy(request.policyDocument),
    ),
  ];
}

function managedPolicy(entity: string): GrantReader {
  return ({ request }) => {
    const policy = textOf(request.policyArn);
    return [ownGrant('identity-policy', textOf(request[entity]), policy, isAdministrativeManagedPolicy(policy))];
  };
}

function isAdministrativePolicy(document: unknown): boolean {
  return allowStatementsOf(document).some(isAdministrativeIdentityStatement);
}

function credential(resource: string): GrantReader {
  return (call) => [ownGrant('credential', targetUser(call), resource)];
}

/** IAM calls without a user name mean the caller. */
function targetUser({ request, caller }: GrantCall): string {
  return textOf(request.userName) || caller;
}

function boundaryRemoved(entity: string): GrantReader {
  return ({ request }) => [ownGrant('boundary-removed', textOf(request[entity]), 'permissions-boundary')];
}

/** Who the provider vouches for may come in. An EKS cluster's own issuer vouches for the cluster's pods only. */
function federation(provider: string): readonly Grant[] {
  const ofCluster = /(?:^|\/)oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//.test(provider);
  return [grant('federation', { reach: ofCluster ? 'own-account' : 'foreign-account', grantee: provider }, provider)];
}

/** A private CA of the account is its own; an uploaded certificate bundle may be anybody's. */
function trustAnchor({ request, account }: GrantCall): readonly Grant[] {
  const { sourceType, sourceData } = objectOf(request.source);
  if (isFalse(request.enabled)) return [];
  const name = firstText(request, 'name', 'trustAnchorId');
  const authority = textOf(partOf(sourceData).acmPcaArn);
  const recipient =
    textOf(sourceType) === 'AWS_ACM_PCA' && authority !== ''
      ? recipientNamed(authority, account)
      : ({ reach: 'foreign-account', grantee: name } as const);
  return [grant('federation', recipient, name)];
}

/** EKS access entries: an IAM principal becomes a user of the cluster. */
export const EKS_GRANTS: GrantReaders = {
  CreateAccessEntry: ({ request, account }) => [
    grant('identity-policy', recipientNamed(textOf(request.principalArn), account), clusterOf(request)),
  ],
  AssociateAccessPolicy: ({ request, account }) => {
    const administrative = /\/AmazonEKS(?:Cluster)?AdminPolicy$/.test(textOf(request.policyArn));
    const recipient = recipientNamed(textOf(request.principalArn), account);
    return [grant('identity-policy', recipient, clusterOf(request), administrative)];
  },
  UpdateClusterConfig: ({ request }) => {
    const vpc = partOf(request.resourcesVpcConfig);
    const open = itemsOf(vpc.publicAccessCidrs).some((block) => block === '0.0.0.0/0');
    return open ? [grant('network', { reach: 'public', grantee: '0.0.0.0/0' }, clusterOf(request))] : [];
  },
};

function clusterOf(request: GrantCall['request']): string {
  return `cluster/${firstText(request, 'name', 'clusterName')}`;
}
