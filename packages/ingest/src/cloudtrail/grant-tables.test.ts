import type { Grant } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { isAdministrativeManagedPolicy } from './administrative.ts';
import { grantReaderOf } from './grants.ts';
import { objectOf } from './record.ts';

const OWN = '111122223333';
const OTHER = '444455556666';

function grantsOf(call: string, request: object): readonly Grant[] {
  const [service = '', name = ''] = call.split(':');
  const read = grantReaderOf(`${service}.amazonaws.com`, name);
  return (
    read?.({ request: objectOf(request), response: {}, account: OWN, caller: 'caller', callerIsRoot: false }) ?? []
  );
}

function allow(statement: object): object {
  return { Statement: [{ Effect: 'Allow', Action: 'x:Y', ...statement }] };
}

const TO_OTHER = JSON.stringify(allow({ Principal: { AWS: OTHER } }));

/** One line for each row of the tables that only differs from others by names. */
describe('every call of the tables', () => {
  it.each([
    ['backup:PutBackupVaultAccessPolicy', { backupVaultName: 'R', policy: TO_OTHER }],
    ['codeartifact:PutDomainPermissionsPolicy', { domain: 'R', policyDocument: TO_OTHER }],
    ['codeartifact:PutRepositoryPermissionsPolicy', { repository: 'R', policyDocument: TO_OTHER }],
    ['codebuild:PutResourcePolicy', { resourceArn: 'R', policy: TO_OTHER }],
    ['dynamodb:PutResourcePolicy', { resourceArn: 'R', policy: TO_OTHER }],
    ['ecr-public:SetRepositoryPolicy', { repositoryName: 'R', policyText: TO_OTHER }],
    ['ecr:PutRegistryPolicy', { registryId: 'R', policyText: TO_OTHER }],
    ['ecr:SetRepositoryPolicy', { repositoryName: 'R', policyText: TO_OTHER }],
    ['elasticfilesystem:PutFileSystemPolicy', { fileSystemId: 'R', policy: TO_OTHER }],
    ['es:CreateDomain', { domainName: 'R', accessPolicies: TO_OTHER }],
    ['es:CreateElasticsearchDomain', { domainName: 'R', accessPolicies: TO_OTHER }],
    ['es:UpdateElasticsearchDomainConfig', { domainName: 'R', accessPolicies: TO_OTHER }],
    ['events:PutPermission', { eventBusName: 'R', policy: TO_OTHER }],
    ['glacier:SetVaultAccessPolicy', { vaultName: 'R', policy: TO_OTHER }],
    ['glue:PutResourcePolicy', { resourceArn: 'R', policyInJson: TO_OTHER }],
    ['apigateway:CreateRestApi', { createRestApiInput: { name: 'R', policy: TO_OTHER } }],
    ['kinesis:PutResourcePolicy', { resourceARN: 'R', policy: TO_OTHER }],
    ['kms:CreateKey', { keyId: 'R', policy: TO_OTHER }],
    ['logs:PutDestinationPolicy', { destinationName: 'R', accessPolicy: TO_OTHER }],
    ['logs:PutResourcePolicy', { policyName: 'R', policyDocument: TO_OTHER }],
    ['mediastore:PutContainerPolicy', { containerName: 'R', policy: TO_OTHER }],
    ['s3:PutAccessPointPolicy', { name: 'R', policy: TO_OTHER }],
    ['s3:PutMultiRegionAccessPointPolicy', { name: 'R', policy: TO_OTHER }],
    ['secretsmanager:PutResourcePolicy', { secretId: 'R', resourcePolicy: TO_OTHER }],
    ['ses:PutIdentityPolicy', { identity: 'R', policy: TO_OTHER }],
    ['sns:AddPermission', { topicArn: 'R', aWSAccountId: [OTHER] }],
    ['sns:CreateTopic', { name: 'R', attributes: { Policy: TO_OTHER } }],
    ['sqs:CreateQueue', { queueName: 'R', attributes: { Policy: TO_OTHER } }],
    ['ec2:ModifyFpgaImageAttribute', { fpgaImageId: 'R', loadPermission: { add: { items: [{ userId: OTHER }] } } }],
    [
      'ec2:ModifyVpcEndpointServicePermissions',
      {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: 'R',
          AddAllowedPrincipals: { tag: 1, content: OTHER },
        },
      },
    ],
    ['ram:AssociateResourceShare', { resourceShareArn: 'R', principals: [OTHER] }],
    [
      'rds:ModifyDBClusterSnapshotAttribute',
      { dBClusterSnapshotIdentifier: 'R', attributeName: 'restore', valuesToAdd: [OTHER] },
    ],
    ['redshift:AuthorizeSnapshotAccess', { snapshotIdentifier: 'R', accountWithRestoreAccess: OTHER }],
    ['rolesanywhere:UpdateTrustAnchor', { name: 'R', source: { sourceType: 'CERTIFICATE_BUNDLE' } }],
    ['iam:UpdateSAMLProvider', { sAMLProviderArn: 'R' }],
    ['iam:AddClientIDToOpenIDConnectProvider', { openIDConnectProviderArn: 'R' }],
    ['iam:UpdateOpenIDConnectProviderThumbprint', { openIDConnectProviderArn: 'R' }],
  ] as const)('%s reaches another account', (call, request) => {
    expect(grantsOf(call, request)).toMatchObject([{ reach: 'foreign-account', resource: 'R' }]);
  });

  it.each([
    ['s3:CreateBucket', { bucketName: 'R', 'x-amz-acl': 'public-read' }],
    ['s3:PutObject', { bucketName: 'R', 'x-amz-acl': 'authenticated-read' }],
    ['s3:DeleteAccountPublicAccessBlock', { accountId: 'R' }],
    ['s3:DeletePublicAccessBlock', { bucketName: 'R' }],
    ['s3:PutAccountPublicAccessBlock', { accountId: 'R', PublicAccessBlockConfiguration: { IgnorePublicAcls: false } }],
    ['s3:PutPublicAccessBlock', { bucketName: 'R', PublicAccessBlockConfiguration: { IgnorePublicAcls: 'false' } }],
    ['ec2:DisableImageBlockPublicAccess', { region: 'R' }],
    ['ec2:DisableSnapshotBlockPublicAccess', { region: 'R' }],
    [
      'ec2:ModifySecurityGroupRules',
      {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'R',
          SecurityGroupRule: { SecurityGroupRule: { CidrIpv4: '0.0.0.0/0', IpProtocol: 'tcp' } },
        },
      },
    ],
    ['eks:UpdateClusterConfig', { name: 'R', resourcesVpcConfig: { publicAccessCidrs: ['0.0.0.0/0'] } }],
    ['lambda:UpdateFunctionUrlConfig', { functionName: 'R', authType: 'NONE' }],
    ['rds:AuthorizeDBSecurityGroupIngress', { dBSecurityGroupName: 'R', cIDRIP: '0.0.0.0/0' }],
    ['rds:CreateDBCluster', { dBClusterIdentifier: 'R', publiclyAccessible: true }],
    ['rds:CreateDBInstance', { dBInstanceIdentifier: 'R', publiclyAccessible: 'true' }],
    ['rds:RestoreDBInstanceFromDBSnapshot', { dBInstanceIdentifier: 'R', publiclyAccessible: true }],
    ['rds:RestoreDBInstanceToPointInTime', { targetDBInstanceIdentifier: 'R', publiclyAccessible: true }],
    ['redshift:CreateCluster', { clusterIdentifier: 'R', publiclyAccessible: true }],
    ['redshift:ModifyCluster', { clusterIdentifier: 'R', publiclyAccessible: true }],
  ] as const)('%s reaches the public', (call, request) => {
    expect(grantsOf(call, request)).toMatchObject([{ reach: 'public' }]);
    expect(grantsOf(call, request)[0]?.resource).toMatch(/^(cluster\/)?R$/);
  });

  it.each([
    ['iam:CreatePolicy', { policyName: 'R', policyDocument: {} }],
    ['iam:DeleteUserPermissionsBoundary', { userName: 'R' }],
    ['iam:PutGroupPolicy', { groupName: 'R' }],
    ['iam:PutUserPolicy', { userName: 'R' }],
    ['iam:ResetServiceSpecificCredential', { userName: 'R' }],
    ['iam:UploadSigningCertificate', { userName: 'R' }],
    ['eks:CreateAccessEntry', { principalArn: 'R', name: 'prod' }],
    ['sso:CreateAccountAssignment', { principalId: 'R', permissionSetArn: 'set' }],
    ['sso:PutInlinePolicyToPermissionSet', { permissionSetArn: 'R', inlinePolicy: '{}' }],
  ] as const)('%s stays in the account', (call, request) => {
    expect(grantsOf(call, request)).toMatchObject([{ reach: 'own-account', grantee: 'R', administrative: false }]);
  });

  it.each([
    ['s3:PutBucketAcl', { bucketName: 'b', 'x-amz-grant-write': 'uri=http://acs.amazonaws.com/groups/s3/LogDelivery' }],
    ['events:PutTargets', { rule: 'r', targets: [{ arn: `arn:aws:events:eu-west-1:${OTHER}:event-bus/x` }] }],
    ['iam:UpdateSAMLProvider', {}],
  ] as const)('%s is read', (call, request) => {
    expect(grantsOf(call, request)).toHaveLength(1);
  });

  it('leaves a trust anchor alone that is created disabled', () => {
    expect(grantsOf('rolesanywhere:CreateTrustAnchor', { name: 'a', source: {}, enabled: false })).toEqual([]);
  });
});

describe('administrative', () => {
  it.each([
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
  ])('%s on everything lets an identity raise itself, by name and by pattern', (Action) => {
    for (const spelled of [Action, `${Action.slice(0, -1)}?`]) {
      const policyDocument = allow({ Action: spelled, Resource: '*' });

      expect(grantsOf('iam:PutUserPolicy', { userName: 'u', policyDocument })).toMatchObject([
        { administrative: true },
      ]);
    }
  });

  it('keeps to the whole of IAM even when roles go to named services', () => {
    const policyDocument = allow({
      Action: 'iam:*',
      Resource: '*',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    });

    expect(grantsOf('iam:PutUserPolicy', { userName: 'u', policyDocument })).toMatchObject([{ administrative: true }]);
  });

  it.each([
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
    '*',
  ])('%s lets the receiver of a resource hand it on', (Action) => {
    const policy = allow({ Action, Principal: { AWS: OTHER } });

    expect(grantsOf('kms:PutKeyPolicy', { keyId: 'k', policy })).toMatchObject([{ administrative: true }]);
  });

  it.each([
    { statement: { Action: undefined, NotAction: 's3:GetObject' }, administrative: true, why: 'all actions but one' },
    { statement: { Action: 's3:GetObject' }, administrative: false, why: 'reading' },
  ])('resource policy: $administrative ($why)', ({ statement, administrative }) => {
    const bucketPolicy = allow({ Principal: { AWS: OTHER }, ...statement });

    expect(grantsOf('s3:PutBucketPolicy', { bucketName: 'b', bucketPolicy })).toMatchObject([{ administrative }]);
  });

  it.each([
    'AdministratorAccess',
    'AdministratorAccess-Amplify',
    'AdministratorAccess-AWSElasticBeanstalk',
    'AWSOrganizationsFullAccess',
    'AWSSSOMasterAccountAdministrator',
    'IAMFullAccess',
    'PowerUserAccess',
  ])('AWS managed policy %s', (name) => {
    expect(isAdministrativeManagedPolicy(`arn:aws:iam::aws:policy/${name}`)).toBe(true);
  });
});

describe('who a principal and its conditions reach', () => {
  it.each([
    ['aws:PrincipalAccount', OWN, 'own-account'],
    ['aws:SourceAccount', OWN, 'own-account'],
    ['AWS:SourceOwner', OWN, 'own-account'],
    ['kms:CallerAccount', OWN, 'own-account'],
    ['s3:DataAccessPointAccount', OWN, 'own-account'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/*`, 'own-account'],
    ['aws:SourceArn', `arn:aws:sns:eu-west-1:${OWN}:t`, 'own-account'],
    ['s3:DataAccessPointArn', `arn:aws:s3:eu-west-1:${OTHER}:accesspoint/a`, 'foreign-account'],
    ['aws:PrincipalOrgID', 'o-1', 'foreign-account'],
    ['aws:PrincipalOrgPaths', 'o-1/r-1/*', 'foreign-account'],
    ['aws:SourceOrgID', 'o-1', 'foreign-account'],
    ['aws:SourceOrgPaths', 'o-1/*', 'foreign-account'],
    ['aws:SourceVpc', 'vpc-1', 'foreign-account'],
    ['aws:SourceVpce', 'vpce-1', 'foreign-account'],
    ['aws:userid', 'AROAEXAMPLE:*', 'foreign-account'],
    ['aws:userid', '*:*', 'public'],
    ['aws:SourceAccount', '1111222233xx', 'public'],
    ['aws:SourceIp', '2001:db8::/32', 'foreign-account'],
    ['aws:SourceIp', '::/0', 'public'],
    ['aws:UserAgent', 'secret', 'public'],
  ])('everybody, where %s is %s: %s', (key, value, reach) => {
    const bucketPolicy = allow({ Principal: '*', Condition: { StringLike: { [key]: value } } });

    expect(grantsOf('s3:PutBucketPolicy', { bucketName: 'b', bucketPolicy })).toMatchObject([{ reach }]);
  });

  it.each([
    'token.actions.githubusercontent.com',
    'gitlab.com',
    'app.terraform.io',
    'api.bitbucket.org',
    'agent.buildkite.com',
    'oidc.circleci.com',
    'cognito-identity.amazonaws.com',
    'accounts.google.com',
    'www.amazon.com',
    'graph.facebook.com',
  ])('tokens of %s are to be had by anybody', (issuer) => {
    const policyDocument = allow({ Principal: { Federated: issuer } });

    expect(grantsOf('iam:UpdateAssumeRolePolicy', { roleName: 'r', policyDocument })).toMatchObject([
      { reach: 'public' },
    ]);
  });

  it.each([
    {
      Principal: { CanonicalUser: 'abcdef' },
      reach: 'foreign-account',
      why: 'a canonical id does not show its account',
    },
    { Principal: { AWS: 'AROADELETED' }, reach: 'own-account', why: 'id of a deleted principal' },
    { Principal: { AWS: 'arn:aws:iam::*:root' }, reach: 'public', why: 'any account' },
    { Principal: { Service: 'alexa-appkit.amazon.com' }, reach: 'service', why: 'a service outside amazonaws.com' },
  ])('$Principal reaches $reach ($why)', ({ Principal, reach }) => {
    const bucketPolicy = allow({ Principal });

    expect(grantsOf('s3:PutBucketPolicy', { bucketName: 'b', bucketPolicy })).toMatchObject([{ reach }]);
  });
});
