import { executePlan, type PrincipalFacts, planReview, proposePlan } from '@portcullis/respond';
import {
  AT,
  aBusyAccount,
  aCut,
  anActor,
  anAlert,
  anEvent,
  aPlan,
  aPolicy,
  GUARD_OF,
  memoryAccount,
  memoryPorts,
} from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';
import { guardOf } from './guard-of.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
const alert = anAlert(anActor(), [anEvent('iam:ListUsers')]);
const own = { ownAccounts: new Set(['111122223333']), ownPrincipals: ['arn:*:iam::*:role/ours-*'] };

async function guardWith(
  isAlertKnown: boolean,
  cuts = [aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION)],
) {
  const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
  await executePlan(aPlan(cuts), policy, GUARD_OF(policy), ports);
  const asked: unknown[] = [];
  const of = (arn: string): [string, PrincipalFacts] => [arn, { arn, tags: { team: 'x' }, functions: [] }];
  const stores = {
    alert: () => Promise.resolve(isAlertKnown ? alert : undefined),
    own: () => Promise.resolve(own),
    principalsOf(account: string, before: number) {
      asked.push({ account, before });
      return Promise.resolve(new Map([of(FUNCTION), of('arn:aws:iam::111122223333:role/somebody-else')]));
    },
  };
  return { guard: await guardOf(policy, stores, ports), asked };
}

describe('guardOf', () => {
  it('knows whom revocations are on, as of before the episode, and nobody else', async () => {
    const { guard, asked } = await guardWith(true);

    expect(asked).toEqual([{ account: '111122223333', before: Date.parse(alert.detail.data.firstSeen) }]);
    expect([...(guard.principals?.keys() ?? [])]).toEqual([FUNCTION]);
    expect(guard.own).toEqual(own);
  });

  it.each([
    { isAlertKnown: false, cuts: undefined, why: 'the alert is gone' },
    { isAlertKnown: true, cuts: [], why: 'nothing is under way' },
  ])('holds nothing for ours, and asks for nothing, where $why', async ({ isAlertKnown, cuts }) => {
    const { guard, asked } = await guardWith(isAlertKnown, cuts);

    expect(guard.own.ownAccounts).toEqual(new Set());
    expect(asked).toEqual([]);
  });

  it('knows whose accounts are ours where a review put it forward, without an alert', async () => {
    const target = 'arn:aws:iam::111122223333:role/app/orders';
    const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
    const reviewed = { arn: target, name: 'orders', review: 'r1', actions: ['athena:*'], observedTo: AT, reason: 'x' };
    const made = planReview(reviewed, policy, AT);
    if (made.kind === 'planned') await proposePlan(made.plan, policy, ports);
    const asked: string[] = [];

    const guard = await guardOf(
      policy,
      {
        alert: () => Promise.resolve(undefined),
        own: () => Promise.resolve(own),
        principalsOf(account) {
          asked.push(account);
          return Promise.resolve(new Map([[target, { arn: target, tags: { keep: 'yes' }, functions: [] }]]));
        },
      },
      ports,
    );

    expect(asked).toEqual(['111122223333']);
    expect(guard.own).toEqual(own);
    expect(guard.principals?.get(target)?.tags).toEqual({ keep: 'yes' });
  });
});
