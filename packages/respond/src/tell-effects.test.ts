import { MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { denyOlderSessions } from './deny-statements.ts';
import { executePlan } from './execute-plan.ts';
import { tellEffects } from './tell-effects.ts';
import { AT, aCut, anEvent, aPlan, aPolicy, GUARD_OF, ROLE } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount } from './testing/sample-cuts.ts';

const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
const cut = aCut(
  {
    kind: 'deny-actions',
    entity: { kind: 'role', arn: ROLE, name: 'orders' },
    statements: [{ Sid: 'Cut', Effect: 'Deny', Action: ['iam:CreateUser'], Resource: ['*'] }],
  },
  ROLE,
);

describe('tellEffects', () => {
  const later = { time: AT + 5 * MINUTE_MS };

  it.each([
    { event: anEvent('iam:CreateUser', { ...later, outcome: 'denied' }), told: 1, why: 'a call that it denied' },
    { event: anEvent('iam:CreateUser', later), told: 0, why: 'a call that went through' },
    { event: anEvent('iam:ListUsers', { ...later, outcome: 'denied' }), told: 0, why: 'denied by something else' },
    { event: anEvent('iam:CreateUser', { time: AT, outcome: 'denied' }), told: 0, why: 'before it was verified' },
  ])('tells $told of $why', async ({ event, told }) => {
    const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
    await executePlan(aPlan([cut]), policy, GUARD_OF(policy), ports);
    const stores = {
      since: (_: string, from: number) => Promise.resolve([event].filter(({ time }) => time >= from)),
    };

    expect(await tellEffects(stores, ports)).toBe(told);
    expect(await tellEffects(stores, ports)).toBe(0);
    expect(ports.events.filter(({ detail }) => detail.data.state === 'effective')).toHaveLength(told);
  });

  it('tells nothing of a call that the logs leave undecided', async () => {
    const older = aCut(
      {
        kind: 'deny-older-sessions',
        entity: { kind: 'role', arn: ROLE, name: 'orders' },
        statements: [denyOlderSessions()],
      },
      ROLE,
    );
    const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
    await executePlan(aPlan([older]), policy, GUARD_OF(policy), ports);
    // A session, and no word of when it was opened
    const event = anEvent('iam:CreateUser', { ...later, outcome: 'denied', accessKeyId: 'ASIA1' });

    expect(await tellEffects({ since: () => Promise.resolve([event]) }, ports)).toBe(0);
  });
});
