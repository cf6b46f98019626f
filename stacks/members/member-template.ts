import { FAST_LANE_PATTERN } from '../ingest/response-worthy.ts';

/** Made once in an account; the rule is made in each region. */
const ONCE = { Condition: 'InHomeRegion' };

const PARTITION = { Ref: 'AWS::Partition' };
const ACCOUNT = { Ref: 'AWS::AccountId' };

/**
 * What each account of an organization gets, in each of its regions: a rule that forwards writes worth a response,
 * and once a role for that and one by which the pipeline asks whether it still does.
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
    },
    Conditions: { InHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'HomeRegion' }] } },
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

function name(suffix: string) {
  return join({ Ref: 'Name' }, `-${suffix}`);
}

function join(...parts: readonly (string | object)[]) {
  return { 'Fn::Join': ['', parts] };
}

function document(statement: object) {
  return { Version: '2012-10-17', Statement: [statement] };
}
