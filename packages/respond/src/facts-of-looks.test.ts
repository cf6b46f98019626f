import { HOUR_MS, isoTime } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import type { AccountLook } from './account-look.ts';
import { factsOfLooks } from './facts-of-looks.ts';
import { whyOnlyApproved, whyUntouchable } from './never-touch.ts';
import type { PrincipalFacts } from './response-state.ts';
import { AT, aPolicy } from './testing/builders.ts';

const ROLE = 'arn:aws:iam::111122223333:role/orders';
const BREAK_GLASS = { 'break-glass': 'yes' };
const { protect } = aPolicy({ protect: { tags: [{ key: 'break-glass' }] } });
const own = { ownAccounts: new Set(['111122223333']), ownPrincipals: [] };

function look(hoursAgo: number, facts: Partial<PrincipalFacts> | undefined, policyVersions = {}): AccountLook {
  return {
    account: '111122223333',
    collectedAt: isoTime(AT - hoursAgo * HOUR_MS),
    principals: facts === undefined ? [] : [{ arn: ROLE, tags: {}, functions: [], ...facts }],
    policyVersions,
  };
}

describe('factsOfLooks', () => {
  it.each([
    { before: look(8, {}), latest: look(2, {}), cause: undefined, why: 'seen before and lately' },
    { before: undefined, latest: undefined, cause: 'unknown-facts', why: 'nobody ever looked' },
    { before: undefined, latest: look(2, {}), cause: 'unsure-facts', why: 'nobody looked before the episode' },
    { before: look(30, {}), latest: look(25, {}), cause: 'unsure-facts', why: 'nobody looked lately' },
    { before: look(8, undefined), latest: look(2, {}), cause: 'unsure-facts', why: 'made since' },
  ])('lets a rule rely on it or not: $why', ({ before, latest, cause }) => {
    const facts = factsOfLooks(before, latest, AT).principals.get(ROLE);

    expect(whyOnlyApproved(ROLE, facts, protect)?.cause).toBe(cause);
  });

  it.each([
    { before: look(8, { tags: BREAK_GLASS }), latest: look(2, {}), isProtected: true, why: 'a tag that was taken off' },
    { before: look(8, {}), latest: look(2, { tags: BREAK_GLASS }), isProtected: false, why: 'a tag that was put on' },
    {
      before: look(8, undefined),
      latest: look(2, { tags: BREAK_GLASS }),
      isProtected: false,
      why: 'made with the tag in the episode',
    },
    { before: undefined, latest: look(2, { tags: BREAK_GLASS }), isProtected: true, why: 'nobody looked before' },
    { before: look(30, { tags: BREAK_GLASS }), latest: look(30, {}), isProtected: true, why: 'seen long ago' },
    { before: look(8, { tags: BREAK_GLASS }), latest: look(2, undefined), isProtected: true, why: 'gone since' },
  ])('protects by tags as of before the episode: $why', ({ before, latest, isProtected }) => {
    const facts = factsOfLooks(before, latest, AT).principals.get(ROLE);

    expect(whyUntouchable(ROLE, facts, protect, own)?.cause).toBe(isProtected ? 'protected-tag' : undefined);
  });

  it('restores what was there before the episode only, and counts what runs under a role now', () => {
    const lambda = { arn: 'arn:aws:lambda:eu-west-1:111122223333:function:pay', roleArn: ROLE };
    const latest = look(2, { trust: 'changed', functions: [lambda] }, { p: 'v2' });
    const known = factsOfLooks(look(8, { trust: 'before' }, { p: 'v1' }), latest, AT);
    const unknown = factsOfLooks(undefined, latest, AT);

    expect(known.principals.get(ROLE)).toEqual({ arn: ROLE, tags: {}, functions: [lambda], trust: 'before' });
    expect(known.policyVersions).toEqual(new Map([['p', 'v1']]));
    expect(unknown.principals.get(ROLE)?.trust).toBeUndefined();
    expect(unknown.policyVersions).toEqual(new Map());
  });
});
