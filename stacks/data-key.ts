/// <reference path="../.sst/platform/config.d.ts" />
import { account, arn, deploy, home, kept, named, PREFIX, type Text } from './deployment.ts';
import { policy, type Statement } from './policy.ts';

/** All that may be allowed on a key by policies of the account's own; `kms:*` would say no more, and hide it. */
const ACCOUNT_ACTIONS = [
  ...['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['DescribeKey', 'GetKeyPolicy', 'PutKeyPolicy', 'ListKeyPolicies', 'UpdateKeyDescription', 'GetKeyRotationStatus'],
  ...['EnableKeyRotation', 'ListKeyRotations', 'CreateGrant', 'ListGrants', 'RevokeGrant', 'RetireGrant', 'EnableKey'],
  ...['DisableKey', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'ListResourceTags', 'TagResource', 'UntagResource'],
].map((name) => `kms:${name}`);

const SIGNING_ACTIONS = [
  ...['Sign', 'Verify', 'GetPublicKey', 'DescribeKey', 'GetKeyPolicy', 'PutKeyPolicy', 'ListKeyPolicies'],
  ...['UpdateKeyDescription', 'EnableKey', 'DisableKey', 'ScheduleKeyDeletion', 'CancelKeyDeletion'],
  ...['ListResourceTags', 'TagResource', 'UntagResource', 'GetKeyRotationStatus'],
].map((name) => `kms:${name}`);

/** In a key's policy the key is called `*`: it is about no other. */
const THIS_KEY = '*';

/**
 * Encrypts streams, tables, buckets, queues and log groups.
 *
 * A key of our own, unlike the AWS-managed ones, can be denied to a principal, and its use shows in CloudTrail. One
 * rather than five: whoever may read raw logs may read what follows from them, and each key costs.
 */
export function dataKeyStack() {
  const dataKey = new aws.kms.Key(
    'DataKey',
    {
      description: `Encrypts what ${PREFIX} reads and keeps`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policy(forAccount(ACCOUNT_ACTIONS), forLogGroups(), forMessages(), ...forTrail()),
    },
    kept,
  );
  new aws.kms.Alias('DataKeyAlias', { name: `alias/${named('data')}`, targetKeyId: dataKey.keyId });
  return dataKey;
}

/** Signs alerts, so that subscribers can tell ours from forged ones. Its public half is for everybody. */
export function signingKeyStack() {
  const signingKey = new aws.kms.Key(
    'SigningKey',
    {
      description: `Signs the alerts of ${PREFIX}`,
      keyUsage: 'SIGN_VERIFY',
      customerMasterKeySpec: 'ECC_NIST_P256',
      deletionWindowInDays: 30,
      policy: policy(forAccount(SIGNING_ACTIONS)),
    },
    kept,
  );
  new aws.kms.Alias('SigningKeyAlias', { name: `alias/${named('signing')}`, targetKeyId: signingKey.keyId });
  return signingKey;
}

/** Without it a key can be locked out for good; with it, policies of the account's principals decide. */
function forAccount(actions: readonly string[]): Statement {
  return {
    Sid: 'Account',
    Effect: 'Allow',
    Principal: { AWS: arn('iam', 'root', { region: '' }) },
    Action: actions,
    Resource: THIS_KEY,
  };
}

function forLogGroups(): Statement {
  return {
    Sid: 'LogGroups',
    Effect: 'Allow',
    Principal: { Service: $interpolate`logs.${home}.amazonaws.com` },
    Action: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:DescribeKey',
    ],
    Resource: THIS_KEY,
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': [
          arn('logs', `log-group:/aws/lambda/${PREFIX}-*`),
          arn('logs', `log-group:/${PREFIX}/*`),
        ],
      },
    },
  };
}

/** Services that put messages into encrypted queues and topics. */
function forMessages(): Statement {
  return {
    Sid: 'Messages',
    Effect: 'Allow',
    Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com', 'cloudwatch.amazonaws.com'] },
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: THIS_KEY,
    Condition: { StringEquals: { 'aws:SourceAccount': [account, ...topicOwner()] } },
  };
}

/** A topic of another account speaks for that account. */
function topicOwner(): Text[] {
  const owner = deploy.topicArn.split(':')[4];
  return owner ? [owner] : [];
}

/** A new trail encrypts its objects, under its own name and no other's. */
function forTrail(): Statement[] {
  if (deploy.trail === 'existing') return [];
  const trail = arn('cloudtrail', `trail/${named('trail')}`);
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  return [
    {
      Sid: 'TrailEncrypts',
      Effect: 'Allow',
      Principal: principal,
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: THIS_KEY,
      Condition: { StringEquals: { 'aws:SourceArn': trail } },
    },
    {
      Sid: 'TrailChecks',
      Effect: 'Allow',
      Principal: principal,
      Action: 'kms:DescribeKey',
      Resource: THIS_KEY,
      Condition: { StringEquals: { 'aws:SourceArn': trail } },
    },
  ];
}
