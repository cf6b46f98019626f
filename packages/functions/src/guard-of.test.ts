import { planReview, proposePlan } from '@portcullis/respond';
import { AT, aBusyAccount, aPolicy, memoryAccount, memoryPorts } from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';
import { guardOf } from './guard-of.ts';

const ROLE = 'arn:aws:iam::111122223333:role/app/orders';

describe('the guard of what a review put forward', () => {
  it('knows whose accounts are ours without an alert, from where only we write', async () => {
    const policy = aPolicy({});
    const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
    const reviewed = {
      arn: ROLE,
      name: 'orders',
      review: 'r1',
      actions: ['athena:*'],
      observedTo: AT,
      reason: 'unused',
    };
    const made = planReview(reviewed, policy, AT);
    if (made.kind === 'planned') await proposePlan(made.plan, policy, ports);
    const asked: string[] = [];

    const guard = await guardOf(
      policy,
      {
        alert: () => Promise.resolve(undefined),
        factsFor({ account }) {
          asked.push(account);
          return Promise.resolve({
            ownAccounts: new Set(['111122223333']),
            ownPrincipals: [],
            principals: new Map([[ROLE, { arn: ROLE, tags: { keep: 'yes' }, functions: [] }]]),
            usual: () => ({
              onlyPrivate: false,
              hasAction: () => false,
              hasNetwork: () => false,
              hasOwner: () => false,
              hasResource: () => false,
            }),
          });
        },
      },
      ports,
    );

    expect(asked).toEqual(['111122223333']);
    expect(guard.own.ownAccounts).toEqual(new Set(['111122223333']));
    expect(guard.principals?.get(ROLE)?.tags).toEqual({ keep: 'yes' });
  });
});
