import type { Power } from '../../packages/respond/src/api-call.ts';
import { FAST_LANE_PATTERN } from '../ingest/response-worthy.ts';
import type { ActingPower } from '../response/power-limits.ts';
import { lookStatements, type PowerStatement, powerStatements, type Writing } from '../response/power-statements.ts';

/** Made once in an account; the rule is made in each region. */
const ONCE = { Condition: 'InHomeRegion' };

const IN_HOME_REGION = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] };

const PARTITION = { Ref: 'AWS::Partition' };
const ACCOUNT = { Ref: 'AWS::AccountId' };

/** Functions of the watching account that take up the role of a power in each account. */
export const TAKERS: Readonly<Record<Power, readonly string[]>> = {
  look: ['respond', 'keep-leases', 'act-attach', 'collect-facts'],
  mint: ['act-mint'],
  attach: ['act-attach'],
  revert: ['act-revert'],
  edit: ['act-edit'],
};

/** Powers and the condition under which a member has their role. */
const ROLE_CONDITIONS: Readonly<Record<Power, string>> = {
  look: 'Responds',
  mint: 'Responds',
  attach: 'Responds',
  revert: 'Responds',
  edit: 'Edits',
};

const cloudFormation: Writing<object | string> = {
  text: (value) => value,
  arn: ({ service, region, owner, name: rest }) =>
    join('arn:', PARTITION, `:${service}:${region}:`, ...(owner === 'account' ? [ACCOUNT] : [owner]), `:${rest}`),
};

/**
 * What each account of an organization gets, in each of its regions: a rule that forwards writes worth a response,
 * and once a role for that and one by which the pipeline asks whether it still does. Where the response may act, also one role for each of its
 * powers, with what `stacks/response` gives it at home.
 *
 * CloudFormation, as StackSets take nothing else. A rule in the other regions names the role before it can refer to it.
 */
export function memberTemplate() {
  const forward = name('member-forward');
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Portcullis: forwards writes worth a response to the account that watches',
    Parameters: {
      Name: {
        Type: 'String',
        Description: 'Name of the deployment: portcullis-production',
        AllowedPattern: '[a-z][a-z0-9-]+',
      },
      IntakeBusArn: { Type: 'String', Description: 'Bus that events are forwarded to' },
      WatcherRoleArn: { Type: 'String', Description: 'Role of heartbeat, which may ask whether the rule is there' },
      HomeRegion: { Type: 'String', Description: 'Region in which the roles are made' },
      Response: {
        Type: 'String',
        Default: 'none',
        AllowedValues: ['none', 'cuts', 'cuts-and-edits'],
        Description: 'What the response may do here; the setting deploy.response',
      },
      WatchingAccount: { Type: 'String', Default: '', Description: 'Account that the response runs in' },
      ExternalId: { Type: 'String', Default: '', Description: 'What the response says when it takes up a role here' },
    },
    Conditions: {
      InHomeRegion: IN_HOME_REGION,
      Responds: { 'Fn::And': [IN_HOME_REGION, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Response' }, 'none'] }] }] },
      Edits: { 'Fn::And': [IN_HOME_REGION, { 'Fn::Equals': [{ Ref: 'Response' }, 'cuts-and-edits'] }] },
    },
    Resources: {
      ForwardRole: {
        ...ONCE,
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: forward,
          AssumeRolePolicyDocument: document({
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
          }),
          Policies: [
            {
              PolicyName: 'forward',
              PolicyDocument: document({
                Effect: 'Allow',
                Action: 'events:PutEvents',
                Resource: { Ref: 'IntakeBusArn' },
              }),
            },
          ],
        },
      },
      MemberRole: {
        ...ONCE,
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: name('member'),
          AssumeRolePolicyDocument: document({
            Effect: 'Allow',
            Principal: { AWS: { Ref: 'WatcherRoleArn' } },
            Action: 'sts:AssumeRole',
          }),
          Policies: [
            {
              PolicyName: 'ask',
              PolicyDocument: document({
                Effect: 'Allow',
                Action: ['events:DescribeRule', 'events:ListTargetsByRule'],
                Resource: join('arn:', PARTITION, ':events:*:', ACCOUNT, ':rule/', forward),
              }),
            },
          ],
        },
      },
      LookRole: powerRole('look', lookStatements(cloudFormation)),
      MintRole: powerRole('mint', actingStatements('mint')),
      AttachRole: powerRole('attach', actingStatements('attach')),
      RevertRole: powerRole('revert', actingStatements('revert')),
      EditRole: powerRole('edit', actingStatements('edit')),
      ForwardRule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: forward,
          Description: 'Writes worth a response, to Portcullis',
          EventPattern: FAST_LANE_PATTERN,
          Targets: [
            {
              Id: 'portcullis',
              Arn: { Ref: 'IntakeBusArn' },
              RoleArn: join('arn:', PARTITION, ':iam::', ACCOUNT, ':role/', forward),
              RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 },
            },
          ],
        },
      },
    },
  };
}

/** What the response policy protects is not in here, since one template serves all accounts: the session policy denies it, and the code keeps to it. */
function actingStatements(power: ActingPower): readonly PowerStatement<object | string>[] {
  return powerStatements(power, [], cloudFormation);
}

function powerRole(power: Power, statements: readonly PowerStatement<object | string>[]) {
  const takers = TAKERS[power].map((taker) =>
    join('arn:', PARTITION, ':iam::', { Ref: 'WatchingAccount' }, ':role/', name(taker)),
  );
  return {
    Condition: ROLE_CONDITIONS[power],
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name(power),
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { AWS: takers },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
      }),
      Policies: [{ PolicyName: power, PolicyDocument: document(...statements) }],
    },
  };
}

function name(suffix: string) {
  return join({ Ref: 'Name' }, `-${suffix}`);
}

function join(...parts: readonly (string | object)[]) {
  return { 'Fn::Join': ['', parts] };
}

function document(...statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements };
}
