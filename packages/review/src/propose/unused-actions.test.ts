import { describe, expect, it } from 'vitest';
import { reviewPrincipal } from '../review-principal.ts';
import { DEFAULT_REVIEW } from '../settings.ts';
import { aPolicy, aRecord, aRole, aUse, someUsage } from '../testing/builders.ts';
import type { PrincipalUsage } from '../usage/usage.ts';
import { unusedActions } from './unused-actions.ts';

function unusedOf(
  granted: readonly string[],
  used: PrincipalUsage,
  { dataEvents = new Set(['*']), resource = '*' }: { dataEvents?: ReadonlySet<string>; resource?: string } = {},
) {
  const usage = aRecord(used);
  const role = aRole([aPolicy([{ Effect: 'Allow', Action: granted, Resource: resource }])]);
  const one = reviewPrincipal(role, usage, { ...DEFAULT_REVIEW, dataEvents });
  if (one.kind !== 'proposed' && one.kind !== 'unused') throw new Error(`${one.kind}: nothing is proposed`);
  return unusedActions(one, usage, dataEvents);
}

const writer = someUsage({ 'dynamodb:PutItem': aUse() });

describe('what could be denied', () => {
  it('is a service that nothing was used of, whole', () => {
    expect(unusedOf(['dynamodb:PutItem', 'athena:*'], writer).actions).toEqual(['athena:*']);
  });

  it.each([
    { granted: ['dynamodb:*'], used: writer, why: 'something of it was used' },
    {
      granted: ['dynamodb:PutItem', 'dynamodb:Scan', 's3:GetObject'],
      used: someUsage({ 'dynamodb:PutItem': aUse(), 's3:PutObject': aUse() }),
      why: 'it was used by what stands elsewhere, which a denial would beat',
    },
    {
      granted: ['dynamodb:*', 'dynamodb:PutItem'],
      used: someUsage({ 'dynamodb:PutItem': aUse() }, { unmapped: new Map([['glue', 3]]) }),
      why: 'other calls of its service are known by no name',
    },
  ])('is no service of which $why', ({ granted, used }) => {
    expect(unusedOf(granted, used).actions).toEqual([]);
  });

  it('leaves out what no log would have shown', () => {
    const { actions } = unusedOf(['dynamodb:PutItem', 'iam:*'], writer);

    expect(actions.length).toBeGreaterThan(0);
    expect(actions).not.toContain('iam:*');
    for (const pattern of actions) expect('iam:PassRole'.startsWith(pattern.replace('*', ''))).toBe(false);
  });

  it('begins with what harms most, and says what there is no room for', () => {
    const { actions, leftOut } = unusedOf(['*'], writer);

    expect(actions.join('').length).toBeLessThan(3000);
    expect(leftOut.length).toBeGreaterThan(10);
    expect(actions.some((name) => name.startsWith('iam:'))).toBe(true);
    expect(actions.some((name) => name.startsWith('dynamodb:'))).toBe(false);
  });
});
