import type { Grant } from '@portcullis/event';
import type { Finding } from '@portcullis/score';
import { describe, expect, it } from 'vitest';
import { anAction, anActivityEvent, anActor, MONDAY } from '../../../test/builders.ts';
import { type DeclaredWork, workOfCalls, workOfFinding, worksOf } from './declared-work.ts';

const HOUR = 60 * 60 * 1000;
const WORK: DeclaredWork = {
  id: 'audit',
  title: 'Access review',
  owner: 'dana',
  from: MONDAY,
  to: MONDAY + HOUR,
  actors: ['orders-*'],
  actions: ['iam:Get*', 'iam:Attach*'],
  accounts: ['123456789012'],
};

const seen = (action: string, account = '123456789012', grants: readonly Grant[] = []) =>
  anActivityEvent({ action: anAction(action), account, grants });
const granted = (reach: Grant['reach'], grantee: string): Grant => ({
  form: 'resource-policy',
  reach,
  grantee,
  resource: 'r',
  administrative: true,
});

function aFinding(change: Partial<Finding> = {}): Finding {
  return {
    detector: 'new-action',
    family: 'what',
    value: 'iam:GetUser',
    bits: 10,
    impact: 1,
    observed: '',
    usual: '',
    reason: '',
    techniques: [],
    first: MONDAY,
    last: MONDAY,
    count: 1,
    witnesses: [seen('iam:GetUser')],
    always: false,
    ...change,
  };
}

describe('workOfFinding', () => {
  it.each<{ change: Partial<Finding>; covered: boolean; why: string }>([
    { change: {}, covered: true, why: 'a declared action' },
    { change: { family: 'which', value: 'secret/a' }, covered: true, why: 'a new thing, by a declared action' },
    { change: { family: 'where' }, covered: false, why: 'from where was not declared' },
    { change: { family: 'who-how' }, covered: false, why: 'with what was not declared' },
    { change: { family: 'when' }, covered: false, why: 'the hour is told by the clock, not by the owner' },
    { change: { witnesses: [] }, covered: false, why: 'nothing known of its events' },
    { change: { witnesses: [seen('iam:GetUser'), seen('s3:GetObject')] }, covered: false, why: 'one event beyond' },
    { change: { witnesses: [seen('iam:GetUser', '999999999999')] }, covered: false, why: 'another account' },
    { change: { first: MONDAY - 1 }, covered: false, why: 'began before' },
    { change: { last: MONDAY + HOUR }, covered: false, why: 'went on after' },
    { change: { always: true }, covered: false, why: 'told always' },
    { change: { detector: 'log-tampering', value: 'cloudtrail:StopLogging' }, covered: false, why: 'stopped logs' },
    {
      change: { witnesses: [seen('iam:AttachRolePolicy', undefined, [granted('own-account', 'arn')])] },
      covered: true,
      why: 'power given in the house',
    },
    {
      change: { witnesses: [seen('iam:AttachRolePolicy', undefined, [granted('public', '*')])] },
      covered: false,
      why: 'power given to everybody',
    },
    {
      change: { witnesses: [seen('iam:AttachRolePolicy', undefined, [granted('foreign-account', '999999999999')])] },
      covered: false,
      why: 'power given to strangers',
    },
    {
      change: { witnesses: [seen('iam:AttachRolePolicy', undefined, [granted('foreign-account', '222222222222')])] },
      covered: true,
      why: 'power given to an account of the organization',
    },
  ])('$covered: $why', ({ change, covered }) => {
    const work = workOfFinding([WORK], aFinding(change), anActor(), new Set(['222222222222']));

    expect(work?.id).toBe(covered ? 'audit' : undefined);
  });

  it('never covers a root', () => {
    expect(workOfFinding([WORK], aFinding(), anActor({ root: true }), new Set())).toBeUndefined();
  });
});

describe('workOfCalls', () => {
  const usual = { value: 'iam:GetUser', first: MONDAY, last: MONDAY, witnesses: [] };

  it.each([
    { calls: usual, account: '123456789012', covered: true, why: 'the account of the actor, where no event is kept' },
    { calls: usual, account: '999999999999', covered: false, why: 'an actor of another account' },
    { calls: { ...usual, value: 's3:GetObject' }, account: '123456789012', covered: false, why: 'another action' },
    { calls: { ...usual, last: MONDAY + HOUR }, account: '123456789012', covered: false, why: 'went on after' },
  ])('$covered: $why', ({ calls, account, covered }) => {
    expect(workOfCalls([WORK], calls, anActor({ account })) !== undefined).toBe(covered);
  });
});

describe('worksOf', () => {
  it.each([
    { name: 'orders-api', start: 0, count: 1, why: 'its hour' },
    { name: 'orders-api', start: -1, count: 0, why: 'the hour before' },
    { name: 'orders-api', start: 1, count: 0, why: 'the hour after' },
    { name: 'billing', start: 0, count: 0, why: 'another actor' },
  ])('$count: $why', ({ name, start, count }) => {
    const from = MONDAY + start * HOUR;

    expect(worksOf([WORK], anActor({ name }), from, from + HOUR)).toHaveLength(count);
  });
});
