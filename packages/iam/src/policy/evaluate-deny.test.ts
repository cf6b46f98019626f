import { describe, expect, it } from 'vitest';
import { ABSENT, INSTANCE_VPC } from './conditions.ts';
import type { DenyConditions, DenyDocument } from './deny-document.ts';
import { evaluateDeny } from './evaluate-deny.ts';

const BUCKET = 'arn:aws:s3:::logs';

function documentOf(fields: {
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly conditions?: DenyConditions;
}): DenyDocument {
  const { actions = ['s3:GetObject'], resources = ['*'], conditions } = fields;
  const statement = { Sid: 'Cut', Effect: 'Deny' as const, Action: actions, Resource: resources };
  return {
    Version: '2012-10-17',
    Statement: [conditions === undefined ? statement : { ...statement, Condition: conditions }],
  };
}

function verdictOf(
  document: DenyDocument,
  resource: string | undefined,
  context: Record<string, string | symbol> = {},
) {
  const entries = Object.entries(context) as [string, string | typeof ABSENT][];
  return evaluateDeny(document, { action: 's3:GetObject', resource, context: new Map(entries) });
}

describe('evaluateDeny', () => {
  it.each([
    { actions: ['s3:GetObject'], verdict: 'denied', why: 'the action' },
    { actions: ['S3:getobject'], verdict: 'denied', why: 'IAM ignores case' },
    { actions: ['s3:Get*'], verdict: 'denied', why: 'a wildcard' },
    { actions: ['s3:GetObject?'], verdict: 'not-denied', why: 'one more character' },
    { actions: ['*'], verdict: 'denied', why: 'everything' },
    { actions: ['s3:PutObject', 'iam:*'], verdict: 'not-denied', why: 'others' },
  ])('$actions: $verdict ($why)', ({ actions, verdict }) => {
    expect(verdictOf(documentOf({ actions }), BUCKET)).toBe(verdict);
  });

  it.each([
    { resources: [BUCKET], resource: BUCKET, verdict: 'denied', why: 'the resource' },
    { resources: [`${BUCKET}/*`], resource: `${BUCKET}/a/b:c`, verdict: 'denied', why: 'anything below' },
    { resources: [`${BUCKET}/*`], resource: BUCKET, verdict: 'not-denied', why: 'the bucket is not below itself' },
    { resources: [BUCKET], resource: 'arn:aws:s3:::Logs', verdict: 'not-denied', why: 'case matters here' },
    { resources: [BUCKET], resource: '*', verdict: 'not-denied', why: 'no resource in particular' },
    { resources: [BUCKET], resource: undefined, verdict: 'undecided', why: 'the log does not tell' },
    { resources: ['*'], resource: undefined, verdict: 'denied', why: 'whatever it was' },
    {
      resources: ['arn:aws:sqs:*:111122223333:q'],
      resource: 'arn:aws:sqs:eu-west-1:111122223333:q',
      verdict: 'denied',
      why: 'any region',
    },
  ])('$resource in $resources: $verdict ($why)', ({ resources, resource, verdict }) => {
    expect(verdictOf(documentOf({ resources }), resource)).toBe(verdict);
  });

  const issued = (time: string): DenyConditions => ({ DateLessThan: { 'aws:TokenIssueTime': [time] } });
  const from = (vpc: string): DenyConditions => ({ StringNotEqualsIfExists: { 'aws:SourceVpc': [vpc] } });
  const addresses: DenyConditions = { IpAddress: { 'aws:SourceIp': ['203.0.113.9/32', '2001:db8::/64'] } };
  const direct: DenyConditions = { BoolIfExists: { 'aws:ViaAWSService': ['false'] } };
  it.each([
    {
      conditions: issued('2026-11-23T10:15:00Z'),
      context: { 'aws:TokenIssueTime': '2026-11-23T10:14:59Z' },
      verdict: 'denied',
      why: 'issued before',
    },
    {
      conditions: issued('2026-11-23T10:15:00Z'),
      context: { 'aws:TokenIssueTime': '2026-11-23T10:15:00Z' },
      verdict: 'not-denied',
      why: 'the same second',
    },
    {
      conditions: issued('2026-11-23T10:15:00Z'),
      context: { 'aws:TokenIssueTime': ABSENT },
      verdict: 'not-denied',
      why: 'long-lived keys have no issue time',
    },
    { conditions: issued('2026-11-23T10:15:00Z'), context: {}, verdict: 'undecided', why: 'the log does not tell' },
    { conditions: from('vpc-1'), context: { 'aws:SourceVpc': 'vpc-1' }, verdict: 'not-denied', why: 'from home' },
    { conditions: from('vpc-1'), context: { 'aws:SourceVpc': 'vpc-2' }, verdict: 'denied', why: 'another VPC' },
    { conditions: from('vpc-1'), context: { 'aws:SourceVpc': ABSENT }, verdict: 'denied', why: 'from the internet' },
    {
      conditions: from(INSTANCE_VPC),
      context: { 'aws:SourceVpc': 'vpc-1', 'aws:Ec2InstanceSourceVpc': 'vpc-1' },
      verdict: 'not-denied',
      why: 'where the instance is',
    },
    {
      conditions: from(INSTANCE_VPC),
      context: { 'aws:SourceVpc': 'vpc-2', 'aws:Ec2InstanceSourceVpc': 'vpc-1' },
      verdict: 'denied',
      why: 'carried away',
    },
    {
      conditions: from(INSTANCE_VPC),
      context: { 'aws:SourceVpc': 'vpc-2', 'aws:Ec2InstanceSourceVpc': ABSENT },
      verdict: 'undecided',
      why: 'a variable without value',
    },
    { conditions: addresses, context: { 'aws:SourceIp': '203.0.113.9' }, verdict: 'denied', why: 'IPv4' },
    { conditions: addresses, context: { 'aws:SourceIp': '203.0.113.10' }, verdict: 'not-denied', why: 'a neighbor' },
    { conditions: addresses, context: { 'aws:SourceIp': '2001:db8::ffff' }, verdict: 'denied', why: 'IPv6, same host' },
    { conditions: addresses, context: { 'aws:SourceIp': 'AWS Internal' }, verdict: 'undecided', why: 'no address' },
    { conditions: direct, context: { 'aws:ViaAWSService': 'true' }, verdict: 'not-denied', why: 'a service for it' },
    { conditions: direct, context: { 'aws:ViaAWSService': ABSENT }, verdict: 'denied', why: 'IfExists' },
    {
      conditions: { ...addresses, ...direct },
      context: { 'aws:SourceIp': '198.51.100.1' },
      verdict: 'not-denied',
      why: 'one certain no is enough',
    },
    {
      conditions: { StringEquals: { 'aws:username': ['a'] } },
      context: { 'aws:username': 'a' },
      verdict: 'undecided',
      why: 'not our grammar',
    },
  ] as const)('$verdict ($why)', ({ conditions, context, verdict }) => {
    expect(verdictOf(documentOf({ conditions }), BUCKET, context)).toBe(verdict);
  });

  it('lets another statement deny what one leaves open', () => {
    const open = documentOf({ conditions: addresses }).Statement;
    const closed = documentOf({}).Statement;

    expect(verdictOf({ Version: '2012-10-17', Statement: [...open, ...closed] }, BUCKET)).toBe('denied');
  });
});
