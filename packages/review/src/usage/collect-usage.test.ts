import { emptyBaseline, emptyDelta, emptyPopulation, learnEpoch, observe } from '@portcullis/baseline';
import { type ActivityEvent, DAY_MS, dayOf, epochOf } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../../test/builders.ts';
import { createUsageCollector } from './collect-usage.ts';
import { ANY_SAML } from './usage.ts';
import { usageFromBaselines } from './usage-from-baselines.ts';

const ACCOUNT = '123456789012';
const ORDERS = `${ACCOUNT}:role/orders-api`;
const TODAY = dayOf(MONDAY);

function collected(...events: readonly Partial<ActivityEvent>[]) {
  const collector = createUsageCollector();
  for (const event of events) collector.observe(anActivityEvent(event));
  return collector.usage();
}

const ofOrders = (...events: readonly Partial<ActivityEvent>[]) => collected(...events).principals.get(ORDERS);

describe('what is collected', () => {
  it('are actions with their days, counts and things, in whatever order they come', () => {
    const events = [
      { resources: ['orders'] },
      { resources: ['orders'], time: MONDAY + 3 * DAY_MS },
      { resources: ['carts'] },
    ];

    const use = ofOrders(...events)?.actions.get('dynamodb:GetItem');

    expect(use).toMatchObject({ calls: 3, firstDay: TODAY, lastDay: TODAY + 3, unknownThings: false });
    expect(use?.things.get(`arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)).toEqual({
      calls: 2,
      firstDay: TODAY,
      lastDay: TODAY + 3,
    });
    expect(ofOrders(...events.toReversed())).toEqual(ofOrders(...events));
  });

  it('apart: what was refused, what a call also needs, what has no name in IAM', () => {
    const own = ofOrders(
      { outcome: 'denied' },
      { action: anAction('lambda:CreateFunction', { alsoNeeds: ['iam:PassRole'] }) },
      { action: anAction('signin:Something', { mapping: 'unmapped' }) },
      { action: anAction('sts:GetSessionToken', { mapping: 'permissionless' }) },
    );

    expect(own?.actions.get('dynamodb:GetItem')).toMatchObject({ calls: 0, refused: 1 });
    expect(own?.actions.get('iam:PassRole')).toMatchObject({ calls: 1, implied: true, unknownThings: true });
    expect(own?.unmapped).toEqual(new Map([['signin', 1]]));
    expect(own?.actions.has('sts:GetSessionToken')).toBe(false);
  });

  it.each([
    {
      actor: anActor({
        kind: 'function',
        arn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`,
        role: `arn:aws:iam::${ACCOUNT}:role/x/orders-api`,
      }),
      why: 'a function',
    },
    {
      actor: anActor({ kind: 'person', arn: 'arn:aws:sts::1:assumed-role/x/ana', sharedRole: anActor() }),
      why: 'a person',
    },
    { actor: anActor({ via: 'cloudformation.amazonaws.com' }), why: 'a service on its behalf' },
  ])('is the use of a role by $why', ({ actor }) => {
    expect(ofOrders({ actor })?.actions.size).toBe(1);
  });

  it.each([
    { actor: anActor({ root: true }), why: 'a root' },
    { actor: anActor({ kind: 'service', arn: undefined }), why: 'a service' },
  ])('is nothing of $why, whom no policy of ours binds', ({ actor }) => {
    expect(collected({ actor }).principals.size).toBe(0);
  });

  it('who took a role up', () => {
    const assume = (name: string, actor: object) => ({
      action: anAction(name),
      resources: [`arn:aws:iam::${ACCOUNT}:role/target`],
      actor: anActor(actor),
    });
    const usage = collected(
      assume('sts:AssumeRole', { kind: 'service', name: 'lambda.amazonaws.com', arn: undefined }),
      assume('sts:AssumeRole', {}),
      assume('sts:AssumeRole', { kind: 'account', account: '444455556666', arn: undefined }),
      assume('sts:AssumeRoleWithSAML', { kind: 'person', arn: undefined }),
      { ...assume('sts:AssumeRole', { kind: 'user', arn: 'arn:aws:iam::1:user/refused' }), outcome: 'denied' },
    );

    expect([...(usage.principals.get(`${ACCOUNT}:role/target`)?.takenUpBy.keys() ?? [])]).toEqual([
      'lambda.amazonaws.com',
      anActor().arn,
      '444455556666',
      ANY_SAML,
    ]);
  });

  it('is bounded, and says so', () => {
    const events = Array.from({ length: 100 }, (_, index) => ({ resources: [`table-${index}`] }));

    expect(ofOrders(...events)?.actions.get('dynamodb:GetItem')).toMatchObject({ calls: 100, unknownThings: true });
  });
});

describe('what baselines remember', () => {
  const events = [
    anActivityEvent({ action: anAction('lambda:CreateFunction') }),
    anActivityEvent(),
    anActivityEvent({ action: anAction('dynamodb:SomethingNew', { mapping: 'unmapped' }) }),
  ];
  const baseline = emptyBaseline(TODAY);
  const delta = emptyDelta(anActor(), epochOf(MONDAY));
  for (const event of events) observe(delta, event);
  learnEpoch(baseline, emptyPopulation(), delta, true);
  const id = anActor().id;

  it('are the same actions, what they may also need, and services of which some call has no known action', () => {
    const usage = usageFromBaselines({ baselines: new Map([[id, baseline]]), names: new Map([[id, anActor()]]) });

    const own = usage.principals.get(ORDERS);
    expect([...(own?.actions.keys() ?? [])].sort()).toEqual([
      'dynamodb:GetItem',
      'iam:PassRole',
      'lambda:CreateFunction',
    ]);
    expect(own?.unmapped).toEqual(new Map([['dynamodb', 1]]));
    expect(usage).toMatchObject({ source: 'baselines', days: new Map([[ACCOUNT, new Set([TODAY])]]) });
    expect(usage.services.get(ACCOUNT)).toEqual(new Set(['dynamodb', 'lambda']));
  });

  it('cannot be told of functions of states that do not name their roles', () => {
    const functionId = `${ACCOUNT}/function/arn`;
    const usage = usageFromBaselines({
      baselines: new Map([[functionId, baseline]]),
      names: new Map([[functionId, { arn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f` }]]),
    });

    expect(usage.unattributed).toEqual(new Map([[ACCOUNT, 1]]));
  });
});
