import { isKnownAction } from '@portcullis/iam';
import { describe, expect, it } from 'vitest';
import { actionOf } from './actions/catalog.ts';
import { OPERATIONS, type Operation } from './api-call.ts';
import { POWERS } from './powers.ts';
import { sampleCuts } from './testing/sample-cuts.ts';

const GRANTING = /^iam:(?:Put|Create(?!Policy)|Add|Update(?!AccessKey)|Attach(?!RolePolicy$|UserPolicy$)|Set)/;

describe('powers', () => {
  it('hold every operation that there is, each under the name of its permission', () => {
    expect([...new Set(Object.values(POWERS).flat())].sort()).toEqual([...OPERATIONS].sort());
    expect(OPERATIONS.filter((operation) => !isKnownAction(operation))).toEqual([]);
  });

  it('hold no operation that no action needs', () => {
    const needed = new Set(sampleCuts().flatMap(({ details }) => Object.values(actionOf(details).operations).flat()));

    // What looking at an account takes, for plans to rest on
    const looking: readonly Operation[] = ['iam:GetAccountAuthorizationDetails', 'lambda:ListFunctions'];
    for (const operation of looking) needed.add(operation);
    expect(OPERATIONS.filter((operation) => !needed.has(operation))).toEqual([]);
  });

  it('are separated: who mints attaches nothing, who attaches mints and detaches nothing', () => {
    expect(
      POWERS.mint.filter((operation) => POWERS.attach.includes(operation) || POWERS.revert.includes(operation)),
    ).toEqual([]);
    expect([...POWERS.attach, ...POWERS.mint].filter((operation) => /Detach|Delete/.test(operation))).toEqual([]);
    expect(
      [...POWERS.mint, ...POWERS.attach, ...POWERS.revert].filter((operation) => GRANTING.test(operation)),
    ).toEqual([]);
  });
});
