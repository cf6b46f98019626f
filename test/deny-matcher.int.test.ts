import {
  ABSENT,
  type DenyDocument,
  type DenyStatement,
  type DenyVerdict,
  evaluateDeny,
  INSTANCE_VPC,
  type PolicyRequest,
  parseDenyDocument,
} from '@portcullis/iam';
import { randomStream } from '@portcullis/lab';
import { describe, expect, it } from 'vitest';
import { simulatedVerdict } from './support/simulate-iam.ts';

const PAIRS = 110_000;
/** Small pools, so that about every other pair meets. */
const ACTIONS = [
  's3:GetObject',
  's3:GetObjectVersion',
  's3:PutObject',
  'sqs:ReceiveMessage',
  'iam:CreateUser',
  'iam:CreateAccessKey',
];
const ACTION_PATTERNS = [
  ...ACTIONS,
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject?*',
  'iam:Create*',
  'iam:*Key',
  's3:?etObject',
  'iam:createuser',
];
const RESOURCES = [
  'arn:aws:s3:::logs/a',
  'arn:aws:s3:::logs/a/b',
  'arn:aws:s3:::Logs/a',
  'arn:aws:s3:::other/a',
  'arn:aws:sqs:eu-west-1:111122223333:q',
  'arn:aws:sqs:us-east-1:111122223333:q',
  'arn:aws:iam::111122223333:user/bob',
];
const RESOURCE_PATTERNS = [
  ...RESOURCES,
  '*',
  'arn:aws:s3:::logs/*',
  'arn:aws:s3:::logs/?',
  'arn:aws:s3:::*',
  'arn:aws:sqs:*:111122223333:q',
  'arn:aws:sqs:*:*:*',
  'arn:aws:iam::111122223333:user/b*',
];
const INSTANTS = ['2026-11-23T10:14:59Z', '2026-11-23T10:15:00Z', '2026-11-23T10:15:01Z'];
const VPCS = ['vpc-0a', 'vpc-0b'];
const FUNCTIONS = [
  'arn:aws:lambda:eu-west-1:111122223333:function:pay',
  'arn:aws:lambda:eu-west-1:111122223333:function:ship',
];
const POLICIES = ['arn:aws:iam::111122223333:policy/portcullis/incident/a', 'arn:aws:iam::111122223333:policy/other'];
const ROLES = ['arn:aws:iam::111122223333:role/portcullis-revert', 'arn:aws:iam::111122223333:role/app/pay'];
const ADDRESSES = ['203.0.113.9', '203.0.113.10', '198.51.100.1', '2001:db8:0:0:0:0:0:1', '2001:db8:0:1:0:0:0:1'];

/** Operator, key, values in policies, values in requests. */
const CONDITIONS = [
  ['DateLessThan', 'aws:TokenIssueTime', INSTANTS, INSTANTS],
  ['StringEquals', 'aws:userid', ['AROA:a', 'AROA:b'], ['AROA:a', 'AROA:A', 'AROA:b']],
  ['StringEquals', 'aws:SourceIdentity', ['alice', 'bob'], ['alice', 'bob', 'carol']],
  ['StringEquals', 'identitystore:UserId', ['u-1', 'u-2'], ['u-1', 'u-2', 'u-3']],
  ['StringNotEqualsIfExists', 'aws:SourceVpc', [...VPCS, INSTANCE_VPC], [...VPCS, 'vpc-0c']],
  ['StringNotEqualsIfExists', 'aws:SourceVpce', ['vpce-0a', 'vpce-0b'], ['vpce-0a', 'vpce-0c']],
  [
    'IpAddress',
    'aws:SourceIp',
    ['203.0.113.9/32', '203.0.113.0/24', '203.0.0.0/16', '2001:db8:0:0:0:0:0:0/64'],
    ADDRESSES,
  ],
  ['BoolIfExists', 'aws:ViaAWSService', ['true', 'false'], ['true', 'false']],
  ['ArnEquals', 'lambda:SourceFunctionArn', FUNCTIONS, FUNCTIONS],
  ['ArnLike', 'iam:PolicyARN', [...POLICIES, 'arn:aws:iam::*:policy/portcullis/incident/*'], POLICIES],
  ['ArnNotLike', 'aws:PrincipalArn', [...ROLES, 'arn:aws:iam::*:role/portcullis-*'], ROLES],
] as const;
const REQUEST_KEYS = new Map<string, readonly string[]>([
  ...CONDITIONS.map(([, key, , values]) => [key, values] as const),
  ['aws:Ec2InstanceSourceVpc', VPCS],
]);

type Random = ReturnType<typeof randomStream>;

function some<T>(random: Random, choices: readonly T[], atMost = 3): readonly T[] {
  return random.shuffled(choices).slice(0, random.int(1, atMost));
}

function aStatement(random: Random, index: number): DenyStatement {
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, key, values] of random.chance(0.75) ? some(random, CONDITIONS) : []) {
    conditions[operator] = { ...conditions[operator], [key]: some<string>(random, values, 2) };
  }
  const conditional = Object.keys(conditions).length > 0;
  const actions = some(random, ACTION_PATTERNS, 4);
  return {
    Sid: `Cut${index}`,
    Effect: 'Deny',
    ...(conditional && random.chance(0.2) ? { NotAction: actions } : { Action: actions }),
    Resource: random.chance(0.4) ? ['*'] : some(random, RESOURCE_PATTERNS),
    ...(conditional ? { Condition: conditions } : {}),
  };
}

function aRequest(random: Random): PolicyRequest {
  const context = [...REQUEST_KEYS].map(
    ([key, values]) => [key, random.chance(0.25) ? ABSENT : random.pick(values)] as const,
  );
  return { action: random.pick(ACTIONS), resource: random.pick(RESOURCES), context: new Map(context) };
}

describe('our policy matcher', () => {
  it('says of each pair what another implementation of IAM says', { timeout: 600_000 }, () => {
    const random = randomStream('deny-matcher', 1);
    const counts: Record<DenyVerdict, number> = { denied: 0, 'not-denied': 0, undecided: 0 };
    const disagreements: unknown[] = [];

    for (let pair = 0; pair < PAIRS; pair++) {
      const document: DenyDocument = {
        Version: '2012-10-17',
        Statement: Array.from({ length: random.int(1, 3) }, (_, index) => aStatement(random, index)),
      };
      if (parseDenyDocument(document).kind !== 'accepted')
        throw new Error(`outside our grammar: ${JSON.stringify(document)}`);
      const request = aRequest(random);
      const verdict = evaluateDeny(document, request);
      counts[verdict] += 1;
      // All of the context is known here: what is left is a variable that has no value
      if (verdict === 'undecided' && request.context.get('aws:Ec2InstanceSourceVpc') === ABSENT) continue;
      const expected = simulatedVerdict(document, request);
      if (verdict !== expected) disagreements.push({ verdict, expected, document, request: [...request.context] });
    }

    expect(disagreements.slice(0, 3)).toEqual([]);
    expect(counts.denied + counts['not-denied']).toBeGreaterThan(100_000);
    expect(counts.denied).toBeGreaterThan(PAIRS / 5);
    expect(counts['not-denied']).toBeGreaterThan(PAIRS / 5);
  });

  it('never says more of half a request than of the whole of it', () => {
    const random = randomStream('deny-matcher', 2);

    for (let pair = 0; pair < 50_000; pair++) {
      const document: DenyDocument = {
        Version: '2012-10-17',
        Statement: [aStatement(random, 0), aStatement(random, 1)],
      };
      const whole = aRequest(random);
      const known = new Map([...whole.context].filter(() => random.chance(0.6)));
      const half = { ...whole, context: known, resource: random.chance(0.7) ? whole.resource : undefined };
      const verdict = evaluateDeny(document, half);
      if (verdict !== 'undecided') expect(verdict).toBe(evaluateDeny(document, whole));
    }
  });
});
