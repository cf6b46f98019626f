import { describe, expect, it } from 'vitest';
import { ruling } from './policy/evaluate.ts';
import { statementsOf, trustOf } from './policy/statement.ts';
import { review } from './review.ts';
import { type PrincipalReview, reviewPrincipal } from './review-principal.ts';
import { DEFAULT_REVIEW, type ReviewSettings } from './settings.ts';
import { ACCOUNT, aPolicy, aRecord, aRole, aUse, days, FIRST_DAY, someUsage, TODAY } from './testing/builders.ts';

const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const everything = aPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const reads = someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]), 'lambda:UpdateFunctionCode': aUse() });

function reviewed(
  role = aRole([everything]),
  usage = aRecord(reads),
  settings: Partial<ReviewSettings> = {},
): PrincipalReview {
  return reviewPrincipal(role, usage, { ...DEFAULT_REVIEW, dataEvents: new Set(['*']), ...settings });
}

/** Everything proposed, as statements. */
function proposed(one: PrincipalReview) {
  if (one.kind !== 'proposed' && one.kind !== 'unused') throw new Error(`expected a proposal, got ${one.kind}`);
  return one.documents.flatMap((document) => statementsOf(document) ?? []);
}

function rulingOn(one: PrincipalReview, action: string, resource = '*') {
  return ruling(proposed(one), { action, resources: resource === '*' ? undefined : [resource] });
}

describe('what is proposed', () => {
  it('holds what was used, on what it was used on, and nothing else of weight', () => {
    const one = reviewed();

    expect(rulingOn(one, 'dynamodb:DescribeTable', TABLE)).toBe('allowed');
    expect(rulingOn(one, 'lambda:UpdateFunctionCode')).toBe('allowed');
    expect(rulingOn(one, 'dynamodb:DescribeTable', `${TABLE}2`)).toBe('not-allowed');
    for (const gone of [
      'iam:CreateUser',
      'dynamodb:DeleteTable',
      'lambda:CreateFunction',
      's3:GetObject',
      'ec2:RunInstances',
    ]) {
      expect(rulingOn(one, gone)).toBe('not-allowed');
    }
    expect(one).toMatchObject({ checked: { broken: 0, undecided: 0, elsewhere: 0 } });
  });

  it('looks stay allowed in services that are used, unless no margin is wanted', () => {
    expect(rulingOn(reviewed(), 'lambda:ListFunctions')).toBe('allowed');
    expect(rulingOn(reviewed(), 'ecs:ListClusters')).toBe('not-allowed');
    expect(rulingOn(reviewed(undefined, undefined, { margin: 'none' }), 'lambda:ListFunctions')).toBe('not-allowed');
  });

  it('who still finds new actions late keeps what is like those it used, and looks at what its account uses', () => {
    const late = (day: number) => aUse([TABLE], { firstDay: day });
    const usage = aRecord(
      someUsage({
        'lambda:UpdateFunctionCode': aUse(),
        'dynamodb:UpdateTable': late(TODAY - 20),
        'dynamodb:CreateBackup': late(TODAY - 10),
        'dynamodb:DescribeTable': late(TODAY),
      }),
    );

    const one = reviewed(undefined, usage);

    expect(rulingOn(one, 'ecs:ListClusters')).toBe('allowed');
    expect(rulingOn(one, 'glue:GetTables')).toBe('not-allowed');
    expect(rulingOn(one, 'lambda:CreateFunction')).toBe('allowed');
    expect(rulingOn(one, 'lambda:AddPermission')).toBe('not-allowed');
    expect(rulingOn(one, 'ecs:CreateCluster')).toBe('not-allowed');
  });

  it('never allows what was not allowed before', () => {
    const narrow = aPolicy([
      {
        Effect: 'Allow',
        Action: ['dynamodb:DescribeTable', 'lambda:UpdateFunctionCode', 'lambda:List*'],
        Resource: '*',
      },
      { Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*' },
    ]);

    const one = reviewed(aRole([narrow]));

    expect(rulingOn(one, 'lambda:GetPolicy')).toBe('not-allowed');
    expect(rulingOn(one, 'lambda:ListAliases')).toBe('allowed');
  });

  it('keeps denials, conditions and exceptions as they are written', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    const policy = aPolicy([
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*', Condition: condition },
      { Effect: 'Allow', NotAction: ['iam:*', 'dynamodb:*'], NotResource: 'arn:aws:lambda:*:*:function:secret' },
      { Effect: 'Deny', Action: 'dynamodb:DescribeTable', Resource: `${TABLE}-secret` },
    ]);

    const one = reviewed(aRole([policy]));

    const statements = proposed(one);
    expect(statements.find(({ effect }) => effect === 'Deny')).toEqual(policy.statements[2]);
    const conditional = statements.filter(({ condition: kept }) => kept !== undefined);
    expect(conditional.map(({ resources }) => resources)).toContainEqual([TABLE]);
    for (const one of conditional) expect(one.condition).toEqual(condition);
    expect(statements.find(({ notResources }) => notResources)).toMatchObject({
      notResources: ['arn:aws:lambda:*:*:function:secret'],
    });
    expect(one).toMatchObject({ kind: 'proposed', checked: { broken: 0, undecided: 0 } });
  });

  it('leaves a policy alone of which all is used, and the principal if that is true of all', () => {
    const tight = aPolicy([{ Effect: 'Allow', Action: 'dynamodb:DescribeTable', Resource: TABLE }], { name: 'tight' });
    const usage = aRecord(someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]) }));

    expect(reviewed(aRole([tight]), usage).kind).toBe('tight');
    const both = reviewed(aRole([tight, everything]), usage);
    expect(both).toMatchObject({ proposal: { untouched: [tight], replaced: [everything] } });
  });

  it.each([
    {
      action: 'dynamodb:GetItem',
      selected: [],
      ruling: 'allowed',
      why: 'a trail without data events would not show it',
    },
    { action: 'dynamodb:GetItem', selected: ['dynamodb'], ruling: 'not-allowed', why: 'it would have' },
    {
      action: 'codewhisperer:GenerateRecommendations',
      selected: [],
      ruling: 'not-allowed',
      why: 'nobody of its account uses the service',
    },
    { action: 'logs:PutLogEvents', selected: ['*'], ruling: 'allowed', why: 'no trail shows it' },
    { action: 'iam:PassRole', selected: [], ruling: 'allowed', why: 'code was changed, which may hand on a role' },
  ])('$action is $ruling with data events of $selected ($why)', ({ action, selected, ruling: is }) => {
    expect(rulingOn(reviewed(undefined, undefined, { dataEvents: new Set(selected) }), action)).toBe(is);
  });

  it('takes the right to hand on roles from who made no call that could', () => {
    const usage = aRecord(someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]) }));

    expect(rulingOn(reviewed(undefined, usage), 'iam:PassRole')).toBe('not-allowed');
  });

  it('keeps a service whole of which calls were seen that nobody can name', () => {
    const usage = aRecord(someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]) }, { unmapped: new Map([['ecs', 3]]) }));

    expect(rulingOn(reviewed(undefined, usage), 'ecs:DeleteCluster')).toBe('allowed');
  });

  it('keeps what was granted of late, and what was used long ago', () => {
    const DAY_MS = 24 * 60 * 60 * 1000;
    const young = aPolicy([{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }], {
      via: 'managed',
      arn: 'arn:aws:iam::111122223333:policy/young',
      since: (TODAY - 10) * DAY_MS,
    });
    const yearly = aUse([TABLE], { firstDay: TODAY - 300, lastDay: TODAY - 300, calls: 1 });
    const usage = aRecord(someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]), 'dynamodb:CreateBackup': yearly }));

    const one = reviewed(aRole([everything, young]), usage);

    expect(one).toMatchObject({ proposal: { untouched: [young] } });
    expect(rulingOn(one, 'dynamodb:CreateBackup', TABLE)).toBe('allowed');
  });

  it('what was only refused was not used', () => {
    const usage = aRecord(
      someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]), 'iam:CreateUser': aUse([], { calls: 0, refused: 4 }) }),
    );

    expect(rulingOn(reviewed(undefined, usage), 'iam:CreateUser')).toBe('not-allowed');
  });

  it('does not touch a call that these policies never allowed', () => {
    const policy = aPolicy([{ Effect: 'Allow', Action: ['dynamodb:*', 'ecs:*'], Resource: '*' }]);
    const usage = aRecord(someUsage({ 'dynamodb:DescribeTable': aUse([TABLE]), 'sqs:PurgeQueue': aUse() }));

    expect(reviewed(aRole([policy]), usage)).toMatchObject({ kind: 'proposed', checked: { elsewhere: 1, broken: 0 } });
  });

  it('cuts what is too long for one policy', () => {
    const names = Array.from({ length: 12 }, (_, index) => `${TABLE}-${'x'.repeat(500)}-${index}`);
    const actions = [
      'DescribeTable',
      'UpdateTable',
      'DescribeTimeToLive',
      'CreateBackup',
      'DeleteTable',
      'UpdateTimeToLive',
    ];
    const used = Object.fromEntries(actions.map((action, at) => [`dynamodb:${action}`, aUse(names.slice(at, 7 + at))]));

    const one = reviewed(undefined, aRecord(someUsage(used)), { margin: 'none' });

    expect(one.kind === 'proposed' && one.documents.length).toBeGreaterThan(1);
    if (one.kind === 'proposed')
      for (const document of one.documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(6144);
    expect(rulingOn(one, 'dynamodb:DeleteTable', names[5])).toBe('allowed');
  });
});

describe('what things are kept', () => {
  const wide = aRole([aPolicy([{ Effect: 'Allow', Action: 'dynamodb:UpdateTable', Resource: '*' }])]);
  const resourcesOf = (things: ReadonlyMap<string, number>) => {
    const use = aUse([], {
      unknownThings: false,
      things: new Map([...things].map(([thing, firstDay]) => [thing, { calls: 1, firstDay, lastDay: TODAY }])),
    });
    const one = reviewed(wide, aRecord(someUsage({ 'dynamodb:UpdateTable': use })));
    return one.kind === 'tight' ? ['*'] : proposed(one).flatMap(({ resources }) => resources ?? []);
  };
  const table = (name: string) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${name}`;

  it.each([
    {
      things: [
        ['a', FIRST_DAY],
        ['b', FIRST_DAY + 20],
      ] as const,
      kept: ['a', 'b'],
      why: 'the same for half of the time',
    },
    {
      things: [
        ['a', FIRST_DAY],
        ['b', TODAY - 3],
      ] as const,
      kept: ['*'],
      why: 'new ones still come: all of their kind here',
    },
    {
      things: [
        ['orders-1', FIRST_DAY],
        ['orders-2', TODAY - 9],
        ['orders-3', TODAY],
      ] as const,
      kept: ['orders-*'],
      why: 'new ones have a name in common',
    },
    {
      things: Array.from({ length: 13 }, (_, at) => [`t${at}`, FIRST_DAY] as const),
      kept: ['*'],
      why: 'too many to list',
    },
  ])('$kept ($why)', ({ things, kept }) => {
    expect(resourcesOf(new Map(things.map(([name, day]) => [table(name), day])))).toEqual(kept.map(table));
  });

  it('stay within what was granted', () => {
    const policy = aPolicy([
      { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/app/*'] },
    ]);
    const usage = aRecord(
      someUsage({ 's3:GetObject': aUse(['arn:aws:s3:::logs/*']), 's3:ListBucket': aUse(['arn:aws:s3:::logs']) }),
    );

    const one = reviewed(aRole([policy]), usage);

    expect(proposed(one).find(({ actions }) => actions?.includes('s3:GetObject'))?.resources).toEqual([
      'arn:aws:s3:::logs/app/*',
    ]);
    expect(one).toMatchObject({ checked: { broken: 0, undecided: 0 } });
  });

  it('are all that were granted where one of them is not told', () => {
    const use = aUse([TABLE], { unknownThings: true });

    expect(reviewed(wide, aRecord(someUsage({ 'dynamodb:UpdateTable': use }))).kind).toBe('tight');
  });
});

describe('when nothing is proposed', () => {
  const ofDays = (all: readonly number[]) => aRecord(reads, { days: new Map([[ACCOUNT, new Set(all)]]) });
  it.each([
    {
      usage: ofDays(days(TODAY - 60, TODAY)),
      role: aRole([everything]),
      reason: 'history-too-short',
      why: 'two months',
    },
    { usage: ofDays([]), role: aRole([everything]), reason: 'history-too-short', why: 'no logs of its account' },
    {
      usage: ofDays([...days(FIRST_DAY, TODAY - 50), ...days(TODAY - 30, TODAY)]),
      role: aRole([everything]),
      reason: 'gap-in-logs',
      why: 'weeks are missing',
    },
    {
      usage: aRecord(reads),
      role: aRole([everything], { createdAt: (TODAY - 20) * 86_400_000 }),
      reason: 'too-young',
      why: 'made three weeks ago',
    },
    {
      usage: aRecord({ ...reads, activeDays: new Set([TODAY]) }),
      role: aRole([everything]),
      reason: 'seldom-used',
      why: 'one day says little',
    },
    {
      usage: aRecord({ ...reads, incomplete: true }),
      role: aRole([everything]),
      reason: 'too-varied',
      why: 'more than is remembered',
    },
    {
      usage: aRecord(reads),
      role: aRole([everything], { unreadable: ['inline policy x'] }),
      reason: 'unreadable',
      why: 'half a picture',
    },
    {
      usage: aRecord(undefined, { unattributed: new Map([[ACCOUNT, 2]]) }),
      role: aRole([everything]),
      reason: 'unattributed-functions',
      why: 'may be a function’s role',
    },
  ])('refused: $reason ($why)', ({ usage, role, reason }) => {
    expect(reviewed(role, usage)).toMatchObject({ kind: 'refused', reason });
  });

  it.each([
    { role: aRole([everything], { name: 'Break-Glass-Admin' }), reason: 'break-glass', why: 'by its name' },
    {
      role: aRole([everything], { tags: new Map([['portcullis:keep', 'yes']]) }),
      reason: 'break-glass',
      why: 'by its tag',
    },
    {
      role: aRole([everything], { path: '/aws-service-role/ecs.amazonaws.com/' }),
      reason: 'service-linked',
      why: 'AWS writes it',
    },
  ])('kept: $reason ($why)', ({ role, reason }) => {
    expect(reviewed(role)).toMatchObject({ kind: 'kept', reason });
  });
});

describe('trust', () => {
  const trust =
    trustOf({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        },
        {
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::444455556666:root', `arn:aws:iam::${ACCOUNT}:role/x/ci`] },
          Action: 'sts:AssumeRole',
        },
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
          Action: 'sts:AssumeRoleWithSAML',
        },
      ],
    }) ?? [];

  it('that nobody made use of is named, the farthest first', () => {
    const one = reviewed(aRole([everything], { trust }));

    expect(one.kind === 'proposed' && one.unusedTrust.map(({ name, reach }) => [name, reach])).toEqual([
      ['arn:aws:iam::444455556666:root', 'foreign-account'],
      [`arn:aws:iam::${ACCOUNT}:saml-provider/idp`, 'federation'],
      [`arn:aws:iam::${ACCOUNT}:role/x/ci`, 'own-account'],
      ['ec2.amazonaws.com', 'service'],
    ]);
  });

  it('is used by whoever it means', () => {
    const takenUpBy = new Map(
      [
        'lambda.amazonaws.com',
        'ec2.amazonaws.com',
        'arn:aws:iam::444455556666:role/ops',
        `arn:aws:iam::${ACCOUNT}:role/ci`,
        'federated:saml',
      ].map((truster) => [truster, TODAY]),
    );
    const one = reviewed(aRole([everything], { trust }), aRecord({ ...reads, takenUpBy }));

    expect(one).toMatchObject({ unusedTrust: [] });
  });

  it('is not judged from baselines, which do not keep it', () => {
    expect(reviewed(aRole([everything], { trust }), aRecord(reads, { source: 'baselines' }))).toMatchObject({
      unusedTrust: [],
    });
  });
});

it('a principal that nobody ever used loses everything', () => {
  expect(reviewed(undefined, aRecord(undefined))).toMatchObject({ kind: 'unused', documents: [], actionsAfter: 0 });
});

it('ranks by the risk that goes', () => {
  const looks = aRole([aPolicy([{ Effect: 'Allow', Action: ['ecs:Describe*', 'dynamodb:*'], Resource: '*' }])], {
    arn: `arn:aws:iam::${ACCOUNT}:role/a`,
    key: `${ACCOUNT}:role/a`,
  });
  const usage = aRecord(reads);
  const both = { ...usage, principals: new Map([...usage.principals, [looks.key, reads] as const]) };

  const [first, second] = review([looks, aRole([everything])], both, { dataEvents: new Set(['*']) });

  expect(first?.principal.name).toBe('orders');
  expect(second?.principal.arn).toBe(looks.arn);
});
