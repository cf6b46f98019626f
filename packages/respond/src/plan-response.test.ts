import type { ActivityEvent, Actor } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import type { CutAction, PlannedCut, ResponsePlan } from './cut.ts';
import { planResponse } from './plan-response.ts';
import type { ResponseState } from './response-state.ts';
import {
  ACCOUNT,
  ATTACKER,
  anActor,
  anAlert,
  anEvent,
  aPolicy,
  aState,
  aUser,
  FUNCTION,
  ROLE,
  someFacts,
  USER,
  usually,
} from './testing/builders.ts';

const STOLEN = { address: ATTACKER };
const narrow = aPolicy();
const everything = aPolicy({ rules: [{ id: 'stop', mode: 'enforce', breadth: 'everything' }] });

function planFor(
  evidence: readonly ActivityEvent[],
  {
    actor = anActor(),
    policy = narrow,
    data = {},
    ...state
  }: Partial<ResponseState> & {
    readonly actor?: Actor;
    readonly policy?: ReturnType<typeof aPolicy>;
    readonly data?: object;
  } = {},
): ResponsePlan {
  return planResponse(anAlert(actor, evidence, data), policy, aState(evidence, state));
}

function cutOf(plan: ResponsePlan, action: CutAction): PlannedCut | undefined {
  return plan.cuts.find((cut) => cut.action === action);
}

function statementsOf(cut: PlannedCut | undefined) {
  return cut !== undefined && 'statements' in cut.details ? cut.details.statements : [];
}

describe('the smallest cut', () => {
  it('denies what was seen and what it enables next, but nothing usual', () => {
    const plan = planFor([anEvent('iam:CreateUser', { resources: ['backdoor'] })], {
      usual: () => usually(['iam:AttachUserPolicy', 'dynamodb:GetItem']),
    });

    expect(plan.cuts.map(({ action }) => action)).toEqual(['deny-actions', 'deny-category']);
    expect(cutOf(plan, 'deny-actions')).toMatchObject({
      target: ROLE,
      start: 'rule',
      expiry: 'automatic',
      reversible: 'exact',
    });
    expect(cutOf(plan, 'deny-actions')?.actions).toEqual(
      expect.arrayContaining(['iam:CreateUser', 'iam:CreateAccessKey']),
    );
    expect(cutOf(plan, 'deny-actions')?.actions).not.toContain('iam:AttachUserPolicy');
  });

  it('denies stolen credentials where they are used, and leaves sessions and keys to a person', () => {
    const plan = planFor([anEvent('s3:ListBuckets', STOLEN)], { usual: () => usually(['s3:ListAllMyBuckets']) });

    expect(plan.cuts.map(({ action, start }) => `${action} by ${start}`)).toEqual([
      'deny-actions by rule',
      'deny-addresses by rule',
      'deny-older-sessions by person',
    ]);
    expect(statementsOf(cutOf(plan, 'deny-addresses'))[0]?.Condition).toEqual({
      IpAddress: { 'aws:SourceIp': [`${ATTACKER}/32`] },
      BoolIfExists: { 'aws:ViaAWSService': ['false'] },
    });
  });

  it.each([
    { actor: anActor(), cut: false, why: 'a workload gets new addresses of its provider all the time' },
    { actor: aUser(), cut: true, why: 'a thief may well use the same provider as a user' },
  ])('denies new addresses of the usual provider: $cut ($why)', ({ actor, cut }) => {
    const network = { kind: 'public' as const, address: ATTACKER, prefix: '203.0.113.0/24', owner: 'AMAZON-02' };
    const plan = planFor([anEvent('iam:CreateUser', { actor, network })], {
      actor,
      usual: () => usually([], { owners: ['AMAZON-02'] }),
    });

    expect(cutOf(plan, 'deny-addresses') !== undefined).toBe(cut);
  });

  const inVpc = { arn: FUNCTION, roleArn: ROLE, vpcId: 'vpc-0a' };
  const lambda = anActor({ id: `${ACCOUNT}/function/${FUNCTION}`, kind: 'function', arn: FUNCTION, name: 'pay' });
  it.each([
    { onlyPrivate: true, functions: [inVpc], cut: true, why: 'its own calls prove to come through the VPC' },
    {
      onlyPrivate: false,
      functions: [inVpc],
      cut: false,
      why: 'it calls over the internet too, which the cut would break',
    },
    { onlyPrivate: true, functions: [{ arn: FUNCTION, roleArn: ROLE }], cut: false, why: 'no VPC' },
  ])('denies a function elsewhere: $cut ($why)', ({ onlyPrivate, functions, cut }) => {
    const plan = planFor([anEvent('s3:GetObject', { ...STOLEN, actor: lambda })], {
      actor: lambda,
      usual: () => usually(['s3:GetObject'], { onlyPrivate }),
      principals: new Map([[ROLE, someFacts(ROLE, { functions })]]),
    });

    expect(cutOf(plan, 'deny-elsewhere') !== undefined).toBe(cut);
    expect(cutOf(plan, 'deny-addresses')).toMatchObject({ target: ROLE });
  });

  it('denies one function of a shared role only', () => {
    const other = { arn: FUNCTION.replace('pay', 'ship'), roleArn: ROLE };
    const plan = planFor([anEvent('iam:CreateUser', { actor: lambda })], {
      actor: lambda,
      principals: new Map([[ROLE, someFacts(ROLE, { functions: [{ arn: FUNCTION, roleArn: ROLE }, other] })]]),
    });

    expect(statementsOf(cutOf(plan, 'deny-actions'))[0]?.Condition).toEqual({
      ArnEquals: { 'lambda:SourceFunctionArn': [FUNCTION] },
    });
  });

  it('denies a usual action on the unusual thing alone', () => {
    const bucket = 'arn:aws:s3:::payroll';
    const plan = planFor([anEvent('s3:GetObject', { resources: [bucket] })], {
      usual: () => usually(['s3:GetObject'], { resources: ['arn:aws:s3:::logs'] }),
    });

    expect(statementsOf(cutOf(plan, 'deny-actions'))).toEqual([
      { Sid: 'Resources1', Effect: 'Deny', Action: ['s3:GetObject'], Resource: [`${bucket}/*`] },
    ]);
  });

  it('denies as many of the addresses as IAM takes, rather than none', () => {
    const evidence = Array.from({ length: 250 }, (_, index) =>
      anEvent('iam:CreateUser', { address: `203.0.113.${index}` }),
    );
    const plan = planFor(evidence);

    expect(statementsOf(cutOf(plan, 'deny-addresses'))[0]?.Condition?.IpAddress?.['aws:SourceIp']).toHaveLength(120);
  });

  it('names what was seen before what may come, and never more than IAM takes', () => {
    const calls = ['sts:AssumeRole', 'lambda:CreateFunction', 'cloudtrail:StopLogging', 'iam:CreateUser'];
    // One usual action in each pattern, so that all of them are taken apart
    const habits = [
      'iam:CreateGroup',
      'iam:PutGroupPolicy',
      'iam:UpdateGroup',
      'iam:DeleteGroup',
      'lambda:UpdateAlias',
    ];
    const buckets = Array.from({ length: 40 }, (_, index) => `arn:aws:s3:::${'long-name-'.repeat(5)}${index}`);
    const evidence = [
      ...calls.map((call) => anEvent(call)),
      ...buckets.map((bucket) => anEvent('s3:GetObject', { resources: [bucket] })),
    ];
    const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce', breadth: 'category' }] });
    const plan = planFor(evidence, { policy, usual: () => usually([...habits, 's3:GetObject']) });

    expect(cutOf(plan, 'deny-category')?.actions).toEqual(expect.arrayContaining([...calls, 's3:GetObject']));
    expect(plan.withheld).toEqual([]);
  });

  it('never denies by name what IAM does not know', () => {
    const plan = planFor([anEvent('signin:ConsoleLogin', { actor: aUser() })], { actor: aUser() });

    expect(cutOf(plan, 'deny-actions')).toBeUndefined();
    expect(plan.withheld).toContainEqual(
      expect.objectContaining({ what: 'signin:ConsoleLogin', cause: 'unmapped-action' }),
    );
  });

  it('turns off all keys of a user by rule only where the rule goes that far, and never lets that end by itself', () => {
    const evidence = [anEvent('iam:ListUsers', { ...STOLEN, actor: aUser(), accessKeyId: 'AKIAALICE' })];

    expect(cutOf(planFor(evidence, { actor: aUser() }), 'turn-keys-off')).toMatchObject({
      start: 'person',
      expiry: 'person',
    });
    expect(cutOf(planFor(evidence, { actor: aUser(), policy: everything }), 'turn-keys-off')).toMatchObject({
      start: 'rule',
      expiry: 'person',
    });
  });

  it('lets nothing end by itself once theft is confirmed', () => {
    const verdict = { verdict: 'confirmed', by: 'x', at: '2026-11-23T10:15:00Z', reason: 'x' };
    const plan = planFor([anEvent('iam:CreateUser', STOLEN)], { data: { verdict } });

    expect(plan.confirmed).toBe(true);
    expect(plan.cuts.every(({ expiry }) => expiry === 'person')).toBe(true);
  });
});

describe('following the attacker', () => {
  const admin = `arn:aws:iam::${ACCOUNT}:role/admin`;
  const adminActor = anActor({ id: `${ACCOUNT}/role/AROAADMIN`, arn: admin, name: 'admin' });
  const principals = new Map([ROLE, USER, admin].map((arn) => [arn, someFacts(arn)]));

  it('denies the session it opened in another role, and no other session of it', () => {
    const assume = anEvent('sts:AssumeRole', {
      ...STOLEN,
      accessKeyId: 'ASIA1',
      minted: { accessKeyId: 'ASIA2', principalArn: admin },
    });
    const inside = anEvent('iam:CreateUser', {
      actor: adminActor,
      accessKeyId: 'ASIA2',
      sessionName: 'x',
      resources: ['backdoor'],
    });
    const usual = anEvent('s3:GetObject', { actor: adminActor, accessKeyId: 'ASIA9', sessionName: 'nightly' });
    const plan = planFor([assume], { since: [inside, usual], principals });

    expect(cutOf(plan, 'deny-session')).toMatchObject({ target: admin });
    expect(statementsOf(cutOf(plan, 'deny-session'))[0]?.Condition).toEqual({
      StringEquals: { 'aws:userid': ['AROAADMIN:x'] },
    });
    expect(plan.cuts.find(({ target }) => target.endsWith('user/backdoor'))).toMatchObject({
      action: 'deny-category',
      start: 'rule',
      expiry: 'person',
    });
    expect(plan.linked).toEqual(expect.arrayContaining([ROLE, admin]));
  });

  it('turns off the keys made in the episode, not those of before', () => {
    const key = anEvent('iam:CreateAccessKey', {
      ...STOLEN,
      minted: { accessKeyId: 'AKIANEW' },
      grants: [
        { form: 'credential', reach: 'own-account', grantee: 'alice', resource: 'access-key', administrative: false },
      ],
    });
    const plan = planFor([key]);

    expect(cutOf(plan, 'turn-keys-off')).toMatchObject({
      target: USER,
      start: 'rule',
      details: { user: 'alice', keys: ['AKIANEW'] },
    });
  });

  it('leaves alone what the owner does with the same key from the usual place', () => {
    const theft = anEvent('iam:ListUsers', { ...STOLEN, accessKeyId: 'AKIA1' });
    const owner = anEvent('sts:AssumeRole', {
      accessKeyId: 'AKIA1',
      minted: { accessKeyId: 'ASIA3', principalArn: admin },
    });
    const plan = planFor([theft], { since: [owner], principals });

    expect(plan.cuts.filter(({ target }) => target === admin)).toEqual([]);
  });

  it('offers to take grants back, newest first, by a person, with what proves them', () => {
    const attach = anEvent('iam:AttachUserPolicy', {
      grants: [
        {
          form: 'identity-policy',
          reach: 'own-account',
          grantee: 'alice',
          resource: 'arn:aws:iam::aws:policy/AdministratorAccess',
          administrative: true,
        },
      ],
    });
    const put = anEvent('iam:PutRolePolicy', {
      grants: [
        { form: 'identity-policy', reach: 'own-account', grantee: 'orders', resource: 'extra', administrative: false },
      ],
    });
    const undone = planFor([attach, put]).cuts.filter(({ action }) => action.includes('granted'));

    expect(undone.map(({ action, start, details }) => [action, start, 'proof' in details && details.proof])).toEqual([
      ['delete-granted-policy', 'person', put.id],
      ['detach-granted-policy', 'person', attach.id],
    ]);
  });

  it('closes what was opened on functions', () => {
    const open = anEvent('lambda:AddPermission', {
      resources: ['pay'],
      grants: [
        {
          form: 'resource-policy',
          reach: 'foreign-account',
          grantee: '999988887777',
          resource: 'pay',
          administrative: false,
        },
      ],
    });
    const url = anEvent('lambda:CreateFunctionUrlConfig', {
      resources: [FUNCTION],
      grants: [{ form: 'resource-policy', reach: 'public', grantee: '*', resource: 'pay', administrative: false }],
    });
    const made = anEvent('lambda:CreateFunction', { resources: ['rogue'] });
    const plan = planFor([open, url, made]);

    expect(cutOf(plan, 'remove-function-permission')).toMatchObject({ target: FUNCTION, region: 'eu-west-1' });
    expect(cutOf(plan, 'close-function-url')).toMatchObject({ target: FUNCTION });
    expect(cutOf(plan, 'stop-function')).toMatchObject({
      target: FUNCTION.replace('pay', 'rogue'),
      start: 'rule',
      expiry: 'person',
    });
  });
});

describe('a person behind a permission set', () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;
  const shared = anActor({ id: `${ACCOUNT}/role/AROASSO`, arn: role, name: 'AWSReservedSSO_Admin_0123456789abcdef' });
  const person = anActor({
    id: `${ACCOUNT}/person/AROASSO/amara`,
    kind: 'person',
    name: 'amara',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/amara`,
    sharedRole: shared,
  });
  const evidence = [anEvent('iam:CreateUser', { actor: person })];

  it('is denied in the set, for that one user, after approval', () => {
    const identityCenter = {
      instanceArn: 'arn:aws:sso:::instance/ssoins-1',
      permissionSets: new Map([[role, 'arn:aws:sso:::permissionSet/ssoins-1/ps-1']]),
      userIds: new Map([['amara', 'u-1']]),
    };
    const plan = planFor(evidence, { actor: person, identityCenter });

    expect(plan.cuts.map(({ action, start }) => [action, start])).toEqual([['deny-in-permission-set', 'person']]);
    expect(plan.linked).toEqual([person.arn]);
  });

  it('is left alone where the set is not known', () => {
    expect(planFor(evidence, { actor: person })).toMatchObject({
      cuts: [],
      withheld: [{ cause: 'permission-set-unknown' }],
    });
  });
});

describe('nothing is planned', () => {
  it.each([
    {
      actor: anActor({ root: true, revocable: false, arn: `arn:aws:iam::${ACCOUNT}:root` }),
      cause: 'unknown-identity',
      why: 'a root user',
    },
    {
      actor: anActor({ kind: 'service', revocable: false, arn: undefined }),
      cause: 'unknown-identity',
      why: 'a service',
    },
    {
      actor: anActor({ via: 'cloudformation.amazonaws.com' }),
      cause: 'unknown-identity',
      why: 'a service on its behalf',
    },
    {
      actor: anActor({ arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX` }),
      cause: 'service-linked-role',
      why: 'a service-linked role',
    },
    {
      actor: anActor({ arn: `arn:aws:iam::${ACCOUNT}:role/OrganizationAccountAccessRole` }),
      cause: 'organization-access',
      why: 'the way back in',
    },
    { actor: anActor({ arn: `arn:aws:iam::${ACCOUNT}:role/portcullis-attach` }), cause: 'own-role', why: 'ourselves' },
    {
      actor: anActor({ arn: 'arn:aws:iam::999988887777:role/x', account: '999988887777' }),
      cause: 'foreign-account',
      why: 'not ours',
    },
  ])('against $why', ({ actor, cause }) => {
    const plan = planFor([anEvent('iam:CreateUser', { actor })], { actor });

    expect(plan.cuts.filter(({ target }) => target === actor.arn)).toEqual([]);
    expect(plan.withheld).toContainEqual(expect.objectContaining({ cause }));
  });

  it('without evidence: an event on the bus is but a pointer', () => {
    const plan = planResponse(anAlert(anActor(), []), narrow, aState([]));

    expect(plan).toMatchObject({ cuts: [], withheld: [{ cause: 'no-evidence' }] });
  });

  it('by evidence of somebody else', () => {
    const plan = planResponse(anAlert(anActor(), []), narrow, aState([anEvent('iam:CreateUser', { actor: aUser() })]));

    expect(plan.cuts).toEqual([]);
  });
});

describe('only by a person', () => {
  const functions = ['a', 'b', 'c', 'd'].map((name) => ({ arn: FUNCTION.replace('pay', name), roleArn: ROLE }));
  it.each([
    { policy: aPolicy({ protect: { approvalOnly: ['orders'] } }), facts: someFacts(ROLE), why: 'listed by name' },
    { policy: narrow, facts: someFacts(ROLE, { functions }), why: 'four functions behind it' },
    { policy: narrow, facts: undefined, why: 'nothing known of it' },
  ])('$why', ({ policy, facts }) => {
    const principals = new Map(facts === undefined ? [] : [[ROLE, facts] as const]);
    const plan = planFor([anEvent('iam:CreateUser')], { policy, principals });

    expect(plan.cuts.filter(({ target, start }) => target === ROLE && start === 'rule')).toEqual([]);
    expect(cutOf(plan, 'deny-actions')).toMatchObject({ start: 'person' });
  });
});

it('gives equal plans for equal input, in whatever order the logs came', () => {
  const evidence = [
    anEvent('iam:CreateUser', { ...STOLEN, resources: ['x'] }),
    anEvent('iam:AttachUserPolicy', STOLEN),
  ];
  const since = [anEvent('iam:CreateRole', { ...STOLEN, resources: ['y'] }), ...evidence];

  expect(planFor(evidence.toReversed(), { since: since.toReversed() })).toEqual(planFor(evidence, { since }));
});
