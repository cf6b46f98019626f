import { POWERS, type Power } from '@portcullis/respond';
import { describe, expect, it } from 'vitest';
import { sessionPolicy, statementsOf } from './session-policy.ts';

const ACCOUNT = '111122223333';
const OURS = `arn:aws:iam::${ACCOUNT}:policy/portcullis/incident/*`;
const powers: readonly Power[] = ['look', 'mint', 'attach', 'revert', 'edit'];

describe.each(powers)('%s', (power) => {
  it('may do all that the power names', () => {
    const allowed = statementsOf(power, ACCOUNT).flatMap(({ Action }) => Action);

    expect(allowed).toEqual(expect.arrayContaining([...POWERS[power]]));
    expect(new Set(allowed).size).toBe(allowed.length);
  });

  it('fits into a session policy', () => {
    expect(sessionPolicy(power, ACCOUNT, 'aws-us-gov').length).toBeLessThanOrEqual(2048);
  });
});

it.each<Power>(['mint', 'attach', 'revert'])('%s touches no policy but ours', (power) => {
  for (const { Action, Resource, Condition } of statementsOf(power, ACCOUNT)) {
    if (!Action.some((action) => action.startsWith('iam:') && action !== 'iam:UpdateAccessKey')) continue;
    const reach = Condition === undefined ? Resource : [Condition.ArnLike?.['iam:PolicyARN']];
    expect(reach).toEqual([OURS]);
  }
});

describe('whom the response policy protects', () => {
  const few = ['role/break-glass', 'role/*/break-glass'];
  const denied = {
    Effect: 'Deny',
    Action: ['iam:*'],
    Resource: few.map((name) => `arn:aws:iam::${ACCOUNT}:${name}`),
  };
  const statementsIn = (text: string): readonly unknown[] => JSON.parse(text).Statement;

  it.each<Power>(['attach', 'revert', 'edit'])('is denied to sessions of %s', (power) => {
    expect(statementsIn(sessionPolicy(power, ACCOUNT, 'aws', few))).toEqual([...statementsOf(power, ACCOUNT), denied]);
  });

  it.each<Power>(['look', 'mint'])('is no matter of %s, which changes nobody', (power) => {
    expect(statementsIn(sessionPolicy(power, ACCOUNT, 'aws', few))).toEqual(statementsOf(power, ACCOUNT));
  });

  it('is left to the code where STS would refuse so long a list', () => {
    const many = Array.from({ length: 60 }, (_, index) => `role/protected-principal-${index}`);

    expect(statementsIn(sessionPolicy('attach', ACCOUNT, 'aws', many))).toEqual(statementsOf('attach', ACCOUNT));
  });
});
