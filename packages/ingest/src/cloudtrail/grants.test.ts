import type { Grant } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantReaderOf } from './grants.ts';
import { objectOf } from './record.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const ROOT_OF_OTHER = `arn:aws:iam::${OTHER}:root`;
const ALICE = `arn:aws:iam::${OWN}:user/alice`;

interface Row {
  readonly why: string;
  /** `service:EventName` */
  readonly call: string;
  readonly request: object;
  readonly response?: object;
  readonly callerIsRoot?: boolean;
  /** `form reach grantee [administrative]`, in order; none for benign look-alikes. */
  readonly grants: readonly string[];
}

function grantsOf({
  call,
  request,
  response = {},
  callerIsRoot = false,
}: Omit<Row, 'why' | 'grants'>): readonly Grant[] {
  const [service = '', name = ''] = call.split(':');
  const read = grantReaderOf(`${service}.amazonaws.com`, name);
  return (
    read?.({ request: objectOf(request), response: objectOf(response), account: OWN, caller: ALICE, callerIsRoot }) ??
    []
  );
}

/** A policy document with one Allow statement. */
function allow(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}

function trustRow(why: string, statement: object, ...grants: readonly string[]): Row {
  const document = allow({ Action: 'sts:AssumeRole', ...statement });
  return { why, call: 'iam:UpdateAssumeRolePolicy', request: { roleName: 'ops', policyDocument: document }, grants };
}

function inlineRow(why: string, statement: object, administrative: boolean): Row {
  return {
    why,
    call: 'iam:PutRolePolicy',
    request: { roleName: 'ops', policyName: 'p', policyDocument: allow(statement) },
    grants: [`identity-policy own-account ops${administrative ? ' administrative' : ''}`],
  };
}

function bucketRow(why: string, statement: object, ...grants: readonly string[]): Row {
  const bucketPolicy = JSON.parse(allow({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...statement }));
  return { why, call: 's3:PutBucketPolicy', request: { bucketName: 'b', bucketPolicy, policy: '' }, grants };
}

const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
const GITHUB_AUDIENCE = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' };
const GITHUB_SUBJECT = 'token.actions.githubusercontent.com:sub';
const EVERYWHERE = { ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } };

const TRUST: readonly Row[] = [
  trustRow('another account', { Principal: { AWS: ROOT_OF_OTHER } }, `trust-policy foreign-account ${ROOT_OF_OTHER}`),
  trustRow('another account by its number', { Principal: { AWS: OTHER } }, `trust-policy foreign-account ${OTHER}`),
  trustRow(
    'an external id does not bring a foreign account nearer',
    {
      Principal: { AWS: OTHER },
      Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
    },
    `trust-policy foreign-account ${OTHER}`,
  ),
  trustRow('own account', { Principal: { AWS: OWN } }, `trust-policy own-account ${OWN}`),
  trustRow('everybody', { Principal: { AWS: '*' } }, 'trust-policy public *'),
  trustRow('everybody, short form', { Principal: '*' }, 'trust-policy public *'),
  trustRow('everybody but one', { NotPrincipal: { AWS: OWN } }, 'trust-policy public *'),
  trustRow(
    'a service, as most roles',
    { Principal: { Service: 'lambda.amazonaws.com' } },
    'trust-policy service lambda.amazonaws.com',
  ),
  trustRow(
    'several, farthest first',
    {
      Principal: { Service: ['ec2.amazonaws.com'], AWS: [OWN, ROOT_OF_OTHER] },
    },
    `trust-policy foreign-account ${ROOT_OF_OTHER}`,
    'trust-policy service ec2.amazonaws.com',
    `trust-policy own-account ${OWN}`,
  ),
  trustRow(
    'everybody of an organization',
    {
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc123' } },
    },
    'trust-policy foreign-account o-abc123',
  ),
  trustRow(
    'GitHub, one repository',
    {
      Principal: { Federated: GITHUB },
      Condition: { StringEquals: GITHUB_AUDIENCE, StringLike: { [GITHUB_SUBJECT]: 'repo:example/app:*' } },
    },
    `trust-policy own-account ${GITHUB}`,
  ),
  trustRow(
    'GitHub without a subject: any repository in the world',
    {
      Principal: { Federated: GITHUB },
      Condition: { StringEquals: GITHUB_AUDIENCE },
    },
    `trust-policy public ${GITHUB}`,
  ),
  trustRow(
    'GitHub with a subject that says nothing',
    {
      Principal: { Federated: GITHUB },
      Condition: { StringLike: { [GITHUB_SUBJECT]: 'repo:*' } },
    },
    `trust-policy public ${GITHUB}`,
  ),
  trustRow(
    'GitHub subject that need not be there',
    {
      Principal: { Federated: GITHUB },
      Condition: { StringEqualsIfExists: { [GITHUB_SUBJECT]: 'repo:example/app:ref:refs/heads/main' } },
    },
    `trust-policy public ${GITHUB}`,
  ),
  trustRow(
    'Cognito tied to one identity pool',
    {
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:pool' } },
    },
    'trust-policy own-account cognito-identity.amazonaws.com',
  ),
  trustRow(
    'SAML provider of the own account',
    {
      Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` },
    },
    `trust-policy own-account arn:aws:iam::${OWN}:saml-provider/corp`,
  ),
  trustRow('Deny gives nothing', { Effect: 'Deny', Principal: '*' }),
  {
    why: 'URL-encoded document, single statement',
    call: 'iam:CreateRole',
    request: {
      roleName: 'ops',
      assumeRolePolicyDocument: encodeURIComponent(
        JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'sts:AssumeRole' } }),
      ),
    },
    grants: [`trust-policy foreign-account ${OTHER}`],
  },
  {
    why: 'document cut off by the size limit: not readable, nothing claimed',
    call: 'iam:CreateRole',
    request: { roleName: 'ops', assumeRolePolicyDocument: '{"Statement":[{"Effect":"Allow","Princ' },
    grants: [],
  },
];

const IDENTITY: readonly Row[] = [
  inlineRow('everything', { Action: '*', Resource: '*' }, true),
  inlineRow('everything, written as a pattern', { Action: ['*:*'], Resource: ['*'] }, true),
  inlineRow('all of IAM', { Action: 'iam:*', Resource: '*' }, true),
  inlineRow('IAM by part of a name', { Action: 'iam:Attach*', Resource: '*' }, true),
  inlineRow('capitals do not matter', { Action: 'IAM:putuserpolicy', Resource: '*' }, true),
  inlineRow('all but a little', { NotAction: ['s3:*'], Resource: '*' }, true),
  inlineRow('any role to any service', { Action: 'iam:PassRole', Resource: '*' }, true),
  inlineRow('any role of all roles', { Action: 'iam:PassRole', Resource: `arn:aws:iam::${OWN}:role/*` }, true),
  inlineRow('become any role', { Action: 'sts:AssumeRole', Resource: '*' }, true),
  inlineRow(
    'any role, but to Lambda alone',
    {
      Action: 'iam:PassRole',
      Resource: '*',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
    false,
  ),
  inlineRow('one role', { Action: 'iam:PassRole', Resource: `arn:aws:iam::${OWN}:role/worker` }, false),
  inlineRow('all actions, on one bucket', { Action: '*', Resource: 'arn:aws:s3:::logs/*' }, false),
  inlineRow('reading IAM', { Action: ['iam:Get*', 'iam:List*'], Resource: '*' }, false),
  inlineRow('a whole other service', { Action: 's3:*', Resource: '*' }, false),
  inlineRow('everything denied', { Effect: 'Deny', Action: '*', Resource: '*' }, false),
  {
    why: 'administrator by AWS managed policy',
    call: 'iam:AttachUserPolicy',
    request: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    grants: ['identity-policy own-account bob administrative'],
  },
  {
    why: 'IAM administrator, group, other partition',
    call: 'iam:AttachGroupPolicy',
    request: { groupName: 'ops', policyArn: 'arn:aws-us-gov:iam::aws:policy/IAMFullAccess' },
    grants: ['identity-policy own-account ops administrative'],
  },
  {
    why: 'ordinary AWS managed policy',
    call: 'iam:AttachRolePolicy',
    request: { roleName: 'ops', policyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore' },
    grants: ['identity-policy own-account ops'],
  },
  {
    why: "a customer's policy that is merely named so",
    call: 'iam:AttachRolePolicy',
    request: { roleName: 'ops', policyArn: `arn:aws:iam::${OWN}:policy/AdministratorAccess` },
    grants: ['identity-policy own-account ops'],
  },
  {
    why: 'membership of a group',
    call: 'iam:AddUserToGroup',
    request: { userName: 'bob', groupName: 'admins' },
    grants: ['identity-policy own-account bob'],
  },
  {
    why: 'new version of a policy that somebody already has',
    call: 'iam:CreatePolicyVersion',
    request: { policyArn: `arn:aws:iam::${OWN}:policy/p`, policyDocument: allow({ Action: '*', Resource: '*' }) },
    grants: [`identity-policy own-account arn:aws:iam::${OWN}:policy/p administrative`],
  },
  {
    why: 'older version made current',
    call: 'iam:SetDefaultPolicyVersion',
    request: { policyArn: `arn:aws:iam::${OWN}:policy/p`, versionId: 'v3' },
    grants: [`identity-policy own-account arn:aws:iam::${OWN}:policy/p`],
  },
  {
    why: 'permission set in Identity Center',
    call: 'sso:AttachManagedPolicyToPermissionSet',
    request: {
      permissionSetArn: 'arn:aws:sso:::permissionSet/x',
      managedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    },
    grants: ['identity-policy own-account arn:aws:sso:::permissionSet/x administrative'],
  },
  {
    why: 'cluster administrator',
    call: 'eks:AssociateAccessPolicy',
    request: {
      name: 'prod',
      principalArn: ALICE,
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    },
    grants: [`identity-policy own-account ${ALICE} administrative`],
  },
  {
    why: 'boundary of a role removed',
    call: 'iam:DeleteRolePermissionsBoundary',
    request: { roleName: 'ops' },
    grants: ['boundary-removed own-account ops'],
  },
  { why: 'taking away is no grant', call: 'iam:DetachRolePolicy', request: { roleName: 'ops' }, grants: [] },
  { why: 'reading is no grant', call: 'iam:GetRolePolicy', request: { roleName: 'ops' }, grants: [] },
];

const CREDENTIALS: readonly Row[] = [
  {
    why: 'key for another user',
    call: 'iam:CreateAccessKey',
    request: { userName: 'bob' },
    grants: ['credential own-account bob'],
  },
  { why: 'key for the caller', call: 'iam:CreateAccessKey', request: {}, grants: [`credential own-account ${ALICE}`] },
  {
    why: 'key for root itself',
    call: 'iam:CreateAccessKey',
    request: {},
    callerIsRoot: true,
    grants: [`credential own-account ${ALICE} administrative`],
  },
  {
    why: 'password',
    call: 'iam:CreateLoginProfile',
    request: { userName: 'bob' },
    grants: ['credential own-account bob'],
  },
  {
    why: 'password of somebody changed',
    call: 'iam:UpdateLoginProfile',
    request: { userName: 'bob' },
    grants: ['credential own-account bob'],
  },
  {
    why: 'key turned on again',
    call: 'iam:UpdateAccessKey',
    request: { userName: 'bob', status: 'Active' },
    grants: ['credential own-account bob'],
  },
  { why: 'key turned off', call: 'iam:UpdateAccessKey', request: { userName: 'bob', status: 'Inactive' }, grants: [] },
  {
    why: 'SSH key',
    call: 'iam:UploadSSHPublicKey',
    request: { userName: 'bob' },
    grants: ['credential own-account bob'],
  },
  {
    why: 'service-specific credential',
    call: 'iam:CreateServiceSpecificCredential',
    request: { userName: 'bob', serviceName: 'bedrock.amazonaws.com' },
    grants: ['credential own-account bob'],
  },
  {
    why: 'federation token',
    call: 'sts:GetFederationToken',
    request: { name: 'x' },
    grants: ['credential own-account x'],
  },
  { why: 'a session token is routine', call: 'sts:GetSessionToken', request: {}, grants: [] },
];

const FEDERATION: readonly Row[] = [
  {
    why: 'an outside OpenID provider',
    call: 'iam:CreateOpenIDConnectProvider',
    request: { url: 'https://evil.example' },
    grants: ['federation foreign-account https://evil.example'],
  },
  {
    why: 'the issuer of an own EKS cluster',
    call: 'iam:CreateOpenIDConnectProvider',
    request: { url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC' },
    grants: ['federation own-account https://oidc.eks.eu-west-1.amazonaws.com/id/ABC'],
  },
  {
    why: 'an outside host that only looks like EKS',
    call: 'iam:CreateOpenIDConnectProvider',
    request: { url: 'https://evil.example/oidc.eks.eu-west-1.amazonaws.com.evil/id/ABC' },
    grants: ['federation foreign-account https://evil.example/oidc.eks.eu-west-1.amazonaws.com.evil/id/ABC'],
  },
  {
    why: 'SAML provider',
    call: 'iam:CreateSAMLProvider',
    request: { name: 'corp' },
    grants: ['federation foreign-account corp'],
  },
  {
    why: 'trust anchor by an uploaded certificate',
    call: 'rolesanywhere:CreateTrustAnchor',
    request: { name: 'a', source: { sourceType: 'CERTIFICATE_BUNDLE' }, enabled: true },
    grants: ['federation foreign-account a'],
  },
  {
    why: 'trust anchor by the own private CA',
    call: 'rolesanywhere:CreateTrustAnchor',
    request: {
      name: 'a',
      source: {
        sourceType: 'AWS_ACM_PCA',
        sourceData: { acmPcaArn: `arn:aws:acm-pca:eu-west-1:${OWN}:certificate-authority/1` },
      },
    },
    grants: [`federation own-account arn:aws:acm-pca:eu-west-1:${OWN}:certificate-authority/1`],
  },
];

const RESOURCES: readonly Row[] = [
  bucketRow('public bucket', { Principal: '*' }, 'resource-policy public *'),
  bucketRow(
    'another account may do all',
    { Principal: { AWS: ROOT_OF_OTHER }, Action: 's3:*' },
    `resource-policy foreign-account ${ROOT_OF_OTHER} administrative`,
  ),
  bucketRow(
    'CloudTrail may write its logs',
    { Principal: { Service: 'cloudtrail.amazonaws.com' } },
    'resource-policy service cloudtrail.amazonaws.com',
  ),
  bucketRow(
    'CloudFront origin access identity',
    {
      Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' },
    },
    'resource-policy service arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
  ),
  bucketRow(
    'everybody, from one address',
    {
      Principal: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7/32' } },
    },
    'resource-policy foreign-account 203.0.113.7/32',
  ),
  bucketRow(
    'everybody, from everywhere',
    {
      Principal: '*',
      Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.7/32', '0.0.0.0/0'] } },
    },
    'resource-policy public *',
  ),
  bucketRow(
    'everybody but from some addresses',
    {
      Principal: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.7/32' } },
    },
    'resource-policy public *',
  ),
  bucketRow(
    'everybody with TLS',
    { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    'resource-policy public *',
  ),
  bucketRow(
    'everybody of the own account',
    {
      Principal: '*',
      Condition: { StringEquals: { 'AWS:PrincipalAccount': OWN } },
    },
    `resource-policy own-account ${OWN}`,
  ),
  bucketRow(
    'everybody whose account is not another',
    {
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': OTHER } },
    },
    'resource-policy public *',
  ),
  bucketRow(
    'any account that matches *',
    {
      Principal: '*',
      Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ops' } },
    },
    'resource-policy public *',
  ),
  bucketRow(
    'conditions hold together: the nearest counts',
    {
      Principal: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalAccount': OWN } },
    },
    `resource-policy own-account ${OWN}`,
  ),
  {
    why: 'S3 may notify the topic, as the S3 guide once wrote it',
    call: 'sns:SetTopicAttributes',
    request: {
      topicArn: 't',
      attributeName: 'Policy',
      attributeValue: allow({
        Principal: '*',
        Action: 'SNS:Publish',
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:b' } },
      }),
    },
    grants: ['resource-policy service arn:aws:s3:*:*:b'],
  },
  {
    why: 'any bucket of any account may notify',
    call: 'sqs:SetQueueAttributes',
    request: {
      queueUrl: 'q',
      attributes: { Policy: allow({ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } } }) },
    },
    grants: ['resource-policy public *'],
  },
  {
    why: 'S3 may notify the queue, by bucket ARN',
    call: 'sqs:SetQueueAttributes',
    request: {
      queueUrl: 'q',
      attributes: {
        Policy: allow({
          Principal: '*',
          Action: 'sqs:SendMessage',
          Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b' } },
        }),
      },
    },
    grants: ['resource-policy service arn:aws:s3:::b'],
  },
  {
    why: 'other topic attribute',
    call: 'sns:SetTopicAttributes',
    request: { attributeName: 'DisplayName', attributeValue: 'x' },
    grants: [],
  },
  {
    why: 'queue for another account',
    call: 'sqs:AddPermission',
    request: { queueUrl: 'q', aWSAccountIds: [OTHER] },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'public ACL by list',
    call: 's3:PutBucketAcl',
    request: {
      bucketName: 'b',
      AccessControlPolicy: {
        Owner: { ID: 'owner' },
        AccessControlList: {
          Grant: [
            { Grantee: { 'xsi:type': 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' },
            {
              Grantee: { 'xsi:type': 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
              Permission: 'READ',
            },
          ],
        },
      },
    },
    grants: ['resource-policy public http://acs.amazonaws.com/groups/global/AllUsers'],
  },
  {
    why: 'public ACL by name',
    call: 's3:PutBucketAcl',
    request: { bucketName: 'b', 'x-amz-acl': ['public-read'] },
    grants: ['resource-policy public *'],
  },
  {
    why: 'private ACL, as Terraform sets',
    call: 's3:PutBucketAcl',
    request: { bucketName: 'b', 'x-amz-acl': 'private' },
    grants: [],
  },
  {
    why: 'ACL by header',
    call: 's3:PutObjectAcl',
    request: { bucketName: 'b', 'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AuthenticatedUsers"' },
    grants: ['resource-policy public http://acs.amazonaws.com/groups/global/AuthenticatedUsers'],
  },
  {
    why: 'one switch of the public access block off',
    call: 's3:PutBucketPublicAccessBlock',
    request: { bucketName: 'b', PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
    grants: ['boundary-removed public *'],
  },
  {
    why: 'public access block on',
    call: 's3:PutBucketPublicAccessBlock',
    request: {
      bucketName: 'b',
      publicAccessBlock: '',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: 'true' },
    },
    grants: [],
  },
  {
    why: 'public access block deleted',
    call: 's3:DeleteBucketPublicAccessBlock',
    request: { bucketName: 'b' },
    grants: ['boundary-removed public *'],
  },
  {
    why: 'function for another account, version suffix in the name',
    call: 'lambda:AddPermission20150331v2',
    request: { functionName: 'f', principal: OTHER, action: 'lambda:InvokeFunction' },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'function for everybody',
    call: 'lambda:AddPermission20150331v2',
    request: { functionName: 'f', principal: '*' },
    grants: ['resource-policy public *'],
  },
  {
    why: 'function for everybody of an organization',
    call: 'lambda:AddPermission20150331v2',
    request: { functionName: 'f', principal: '*', principalOrgID: 'o-1' },
    grants: ['resource-policy foreign-account o-1'],
  },
  {
    why: 'function for an own API, the usual wiring',
    call: 'lambda:AddPermission20150331v2',
    request: {
      functionName: 'f',
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:eu-west-1:${OWN}:abc/*`,
    },
    grants: ['resource-policy service apigateway.amazonaws.com'],
  },
  {
    why: "function for a service that acts for another account's bucket",
    call: 'lambda:AddPermission20150331v2',
    request: { functionName: 'f', principal: 's3.amazonaws.com', sourceAccount: OTHER, sourceArn: 'arn:aws:s3:::x' },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'function URL without IAM',
    call: 'lambda:CreateFunctionUrlConfig',
    request: { functionName: 'f', authType: 'NONE' },
    grants: ['resource-policy public *'],
  },
  {
    why: 'function URL with IAM',
    call: 'lambda:UpdateFunctionUrlConfig',
    request: { functionName: 'f', authType: 'AWS_IAM' },
    grants: [],
  },
  {
    why: 'layer for everybody',
    call: 'lambda:AddLayerVersionPermission20181031',
    request: { layerName: 'l', principal: '*', action: 'lambda:GetLayerVersion' },
    grants: ['resource-policy public *'],
  },
  {
    why: 'default key policy: the account decides by IAM',
    call: 'kms:CreateKey',
    request: { policy: allow({ Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'kms:*', Resource: '*' }) },
    grants: [`resource-policy own-account arn:aws:iam::${OWN}:root`],
  },
  {
    why: 'key policy for another account',
    call: 'kms:PutKeyPolicy',
    request: {
      keyId: 'k',
      policy: allow({ Principal: { AWS: OTHER }, Action: ['kms:Decrypt', 'kms:CreateGrant'], Resource: '*' }),
    },
    grants: [`resource-policy foreign-account ${OTHER} administrative`],
  },
  {
    why: 'key grant to another account, which may grant on',
    call: 'kms:CreateGrant',
    request: { keyId: 'k', granteePrincipal: ROOT_OF_OTHER, operations: ['Decrypt', 'CreateGrant'] },
    grants: [`resource-policy foreign-account ${ROOT_OF_OTHER} administrative`],
  },
  {
    why: 'key grant to a service, as EBS asks for',
    call: 'kms:CreateGrant',
    request: { keyId: 'k', granteePrincipal: 'ec2.eu-west-1.amazonaws.com', operations: ['Decrypt'] },
    grants: ['resource-policy service ec2.eu-west-1.amazonaws.com'],
  },
  {
    why: 'secret for another account',
    call: 'secretsmanager:PutResourcePolicy',
    request: {
      secretId: 's',
      resourcePolicy: allow({ Principal: { AWS: OTHER }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
    },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'image repository for everybody',
    call: 'ecr:SetRepositoryPolicy',
    request: { repositoryName: 'r', policyText: allow({ Principal: '*', Action: 'ecr:BatchGetImage' }) },
    grants: ['resource-policy public *'],
  },
  {
    why: 'vault policy, wrapped twice',
    call: 'glacier:SetVaultAccessPolicy',
    request: { vaultName: 'v', policy: { policy: allow({ Principal: { AWS: OTHER }, Action: 'glacier:*' }) } },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'API policy by patch',
    call: 'apigateway:UpdateRestApi',
    request: {
      restApiId: 'a',
      updateRestApiInput: {
        patchOperations: [
          { op: 'replace', path: '/policy', value: allow({ Principal: '*', Action: 'execute-api:Invoke' }) },
        ],
      },
    },
    grants: ['resource-policy public *'],
  },
  {
    why: 'other API patch',
    call: 'apigateway:UpdateRestApi',
    request: { restApiId: 'a', patchOperations: [{ path: '/name', value: 'x' }] },
    grants: [],
  },
  {
    why: 'bus for another account',
    call: 'events:PutPermission',
    request: { principal: OTHER, action: 'events:PutEvents', statementId: 's' },
    grants: [`resource-policy foreign-account ${OTHER}`],
  },
  {
    why: 'bus for an organization',
    call: 'events:PutPermission',
    request: { principal: '*', condition: { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-1' } },
    grants: ['resource-policy foreign-account o-1'],
  },
  {
    why: 'search domain for everybody',
    call: 'es:UpdateDomainConfig',
    request: { domainName: 'd', accessPolicies: allow({ Principal: { AWS: '*' }, Action: 'es:*' }) },
    grants: ['resource-policy public *'],
  },
];

const SHARES: readonly Row[] = [
  {
    why: 'snapshot to another account',
    call: 'ec2:ModifySnapshotAttribute',
    request: {
      snapshotId: 's',
      createVolumePermission: { add: { items: [{ userId: OTHER }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    grants: [`share foreign-account ${OTHER}`],
  },
  {
    why: 'snapshot to everybody',
    call: 'ec2:ModifySnapshotAttribute',
    request: { snapshotId: 's', createVolumePermission: { add: { items: [{ group: 'all' }] } } },
    grants: ['share public *'],
  },
  {
    why: 'snapshot taken back',
    call: 'ec2:ModifySnapshotAttribute',
    request: { snapshotId: 's', createVolumePermission: { remove: { items: [{ group: 'all' }] } } },
    grants: [],
  },
  {
    why: 'image to another account',
    call: 'ec2:ModifyImageAttribute',
    request: { imageId: 'i', launchPermission: { add: { items: [{ userId: OTHER }] } } },
    grants: [`share foreign-account ${OTHER}`],
  },
  {
    why: 'image to an organization',
    call: 'ec2:ModifyImageAttribute',
    request: {
      imageId: 'i',
      launchPermission: { add: { items: [{ organizationArn: `arn:aws:organizations::${OWN}:organization/o-abc` }] } },
    },
    grants: [`share foreign-account arn:aws:organizations::${OWN}:organization/o-abc`],
  },
  {
    why: 'image description',
    call: 'ec2:ModifyImageAttribute',
    request: { imageId: 'i', description: { value: 'x' } },
    grants: [],
  },
  {
    why: 'database snapshot to everybody',
    call: 'rds:ModifyDBSnapshotAttribute',
    request: { dBSnapshotIdentifier: 's', attributeName: 'restore', valuesToAdd: ['all'] },
    grants: ['share public *'],
  },
  {
    why: 'resource share with another account',
    call: 'ram:CreateResourceShare',
    request: { name: 'n', principals: [OTHER], resourceArns: ['arn:x'] },
    grants: [`share foreign-account ${OTHER}`],
  },
  {
    why: 'document to everybody',
    call: 'ssm:ModifyDocumentPermission',
    request: { name: 'd', permissionType: 'Share', accountIdsToAdd: ['all'] },
    grants: ['share public *'],
  },
  {
    why: 'replication to another account',
    call: 's3:PutBucketReplication',
    request: {
      bucketName: 'b',
      ReplicationConfiguration: {
        Rule: { Status: 'Enabled', Destination: { Account: OTHER, Bucket: 'arn:aws:s3:::x' } },
      },
    },
    grants: [`share foreign-account ${OTHER}`],
  },
  {
    why: 'replication within the account',
    call: 's3:PutBucketReplication',
    request: {
      bucketName: 'b',
      ReplicationConfiguration: { Rule: { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::x' } } },
    },
    grants: [],
  },
  {
    why: 'log lines to another account',
    call: 'logs:PutSubscriptionFilter',
    request: { logGroupName: 'g', destinationArn: `arn:aws:logs:eu-west-1:${OTHER}:destination:d` },
    grants: [`share foreign-account arn:aws:logs:eu-west-1:${OTHER}:destination:d`],
  },
  {
    why: 'log lines to the own stream',
    call: 'logs:PutSubscriptionFilter',
    request: { logGroupName: 'g', destinationArn: `arn:aws:kinesis:eu-west-1:${OWN}:stream/s` },
    grants: [],
  },
];

const NETWORK: readonly Row[] = [
  {
    why: 'SSH to the world',
    call: 'ec2:AuthorizeSecurityGroupIngress',
    request: {
      groupId: 'sg',
      ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ...EVERYWHERE }] },
    },
    grants: ['network public 0.0.0.0/0'],
  },
  {
    why: 'every port to the world',
    call: 'ec2:AuthorizeSecurityGroupIngress',
    request: { groupId: 'sg', ipPermissions: { items: [{ ipProtocol: '-1', ...EVERYWHERE }] } },
    grants: ['network public 0.0.0.0/0 administrative'],
  },
  {
    why: 'IPv6 to the world',
    call: 'ec2:AuthorizeSecurityGroupIngress',
    request: {
      groupId: 'sg',
      ipPermissions: { items: [{ ipProtocol: 'tcp', ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }] },
    },
    grants: ['network public ::/0'],
  },
  {
    why: "somebody's address",
    call: 'ec2:AuthorizeSecurityGroupIngress',
    request: { groupId: 'sg', ipProtocol: 'tcp', cidrIp: '203.0.113.7/32' },
    grants: ['network foreign-account 203.0.113.7/32'],
  },
  {
    why: 'a private network and an own group',
    call: 'ec2:AuthorizeSecurityGroupIngress',
    request: {
      groupId: 'sg',
      ipPermissions: {
        items: [
          { ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] }, groups: { items: [{ userId: OWN, groupId: 'sg-2' }] } },
        ],
      },
    },
    grants: [],
  },
  {
    why: 'database on the internet',
    call: 'rds:ModifyDBInstance',
    request: { dBInstanceIdentifier: 'd', publiclyAccessible: true },
    grants: ['network public *'],
  },
  {
    why: 'database not on the internet',
    call: 'rds:CreateDBInstance',
    request: { dBInstanceIdentifier: 'd', publiclyAccessible: false },
    grants: [],
  },
];

describe('grants', () => {
  describe.each([
    ['trust policies', TRUST],
    ['identity policies', IDENTITY],
    ['credentials', CREDENTIALS],
    ['federation', FEDERATION],
    ['resource policies', RESOURCES],
    ['shares', SHARES],
    ['networks', NETWORK],
  ] as const)('%s', (_, rows) => {
    it.each(rows)('$call: $why', (row) => {
      const found = grantsOf(row).map(
        ({ form, reach, grantee, administrative }) =>
          `${form} ${reach} ${grantee}${administrative ? ' administrative' : ''}`,
      );

      expect(found).toEqual(row.grants);
    });
  });

  it('names what was opened', () => {
    const [grant] = grantsOf({
      call: 'lambda:AddPermission20150331v2',
      request: { functionName: 'f', principal: '*' },
    });

    expect(grant?.resource).toBe('f');
  });

  it('does not take a hidden name for one', () => {
    const [grant] = grantsOf({
      call: 'iam:CreateLoginProfile',
      request: { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    });

    expect(grant?.grantee).toBe('unknown');
  });

  it('keeps the farthest reaching of very many', () => {
    const near = Array.from({ length: 200 }, (_, index) => `arn:aws:iam::${OWN}:role/r${index}`);
    const grants = grantsOf(trustRow('', { Principal: { AWS: [...near, ROOT_OF_OTHER] } }));

    expect(grants).toHaveLength(32);
    expect(grants[0]).toMatchObject({ reach: 'foreign-account', grantee: ROOT_OF_OTHER });
  });

  it('reads any request without throwing', () => {
    const calls = [...TRUST, ...IDENTITY, ...CREDENTIALS, ...FEDERATION, ...RESOURCES, ...SHARES, ...NETWORK];
    const names = [...new Set(calls.flatMap(({ request }) => Object.keys(request)))];
    const request = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(fc.constantFrom(...calls), request, fc.object(), ({ call }, anything, response) => {
        expect(Array.isArray(grantsOf({ call, request: anything, response }))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never brings a grant nearer by taking a condition away', () => {
    const distance = ['own-account', 'service', 'foreign-account', 'public'];
    const key = fc.constantFrom('aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:SourceArn', 'aws:SourceIp', 'aws:x');
    const value = fc.constantFrom(
      OWN,
      OTHER,
      '*',
      'o-1',
      '203.0.113.0/24',
      '0.0.0.0/0',
      `arn:aws:s3:eu-west-1:${OWN}:x`,
    );
    const operator = fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLikeIfExists', 'IpAddress', 'ArnLike');
    fc.assert(
      fc.property(fc.dictionary(operator, fc.dictionary(key, value)), (Condition) => {
        const [withCondition] = grantsOf(trustRow('', { Principal: '*', Condition }));
        const [without] = grantsOf(trustRow('', { Principal: '*' }));

        expect(distance.indexOf(without?.reach ?? '')).toBeGreaterThanOrEqual(
          distance.indexOf(withCondition?.reach ?? ''),
        );
      }),
    );
  });
});
