import { describe, expect, it } from 'vitest';
import { type Asked, actByLedger } from './act-by-ledger.ts';
import type { Power } from './api-call.ts';
import { executePlan } from './execute-plan.ts';
import { AT, aCut, aPlan, aPolicy, GUARD_OF, ROLE } from './testing/builders.ts';
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

/** Everything minted, and the attaching left for the test. */
async function minted() {
  const account = memoryAccount(aBusyAccount());
  const ports = memoryPorts(account, AT);
  const asked: Asked[] = [];
  const call: typeof ports.call = (one, place) => {
    if (one.power === 'attach') {
      asked.push({ call: one, place });
      return Promise.resolve({ kind: 'refused', code: 'Throttling', message: '' });
    }
    return ports.call(one, place);
  };
  await executePlan(aPlan([cut]), policy, GUARD_OF(policy), { ...ports, call });
  const [attach] = asked;
  if (attach === undefined) throw new Error('nothing to attach');
  return { account, ports, attach };
}

describe('actByLedger', () => {
  it('attaches what was minted', async () => {
    const { account, ports, attach } = await minted();

    expect(await actByLedger(attach, 'attach', ports)).toMatchObject({ kind: 'done' });
    expect(account.model.roles.orders?.attached).toContain(attach.call.input.PolicyArn);
  });

  it('attaches nothing that somebody has rewritten since', async () => {
    const { account, ports, attach } = await minted();
    const policyNow = account.model.policies[String(attach.call.input.PolicyArn)];
    if (policyNow === undefined) throw new Error('not minted');
    policyNow.versions.v2 = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
    });
    policyNow.defaultVersion = 'v2';

    expect(await actByLedger(attach, 'attach', ports)).toMatchObject({ kind: 'refused', code: 'DocumentDiffers' });
    expect(account.model.roles.orders?.attached).not.toContain(attach.call.input.PolicyArn);
  });

  it('waits for a policy that cannot be found yet, but not for ever', async () => {
    const { account, ports, attach } = await minted();
    let refusals = 0;
    account.refuse = ({ operation }) => {
      if (operation !== 'iam:GetPolicy' || refusals === 2) return undefined;
      refusals += 1;
      return 'NoSuchEntity';
    };
    expect(await actByLedger(attach, 'attach', ports)).toMatchObject({ kind: 'done' });

    account.refuse = ({ operation }) => (operation === 'iam:GetPolicy' ? 'NoSuchEntity' : undefined);
    expect(await actByLedger(attach, 'attach', ports)).toMatchObject({ kind: 'refused', code: 'DocumentDiffers' });
  });

  it('does nothing while the kill switch is set', async () => {
    const { account, ports, attach } = await minted();
    ports.dials.killSwitch = 'stopped';
    const before = structuredClone(account.model);

    expect(await actByLedger(attach, 'attach', ports)).toMatchObject({ kind: 'refused', code: 'KillSwitch' });
    expect(account.model).toEqual(before);
  });

  it.each([
    { power: 'mint' as Power, change: {}, why: 'asked of somebody who has another power' },
    {
      power: 'attach' as Power,
      change: { operation: 'iam:DetachRolePolicy' as const },
      why: 'not among its operations',
    },
    {
      power: 'attach' as Power,
      change: { input: { RoleName: 'admin', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } },
      why: 'another role and policy',
    },
  ])('makes no call that is $why', async ({ power, change }) => {
    const { account, ports, attach } = await minted();
    const before = structuredClone(account.model);

    const answer = await actByLedger({ ...attach, call: { ...attach.call, ...change } }, power, ports);

    expect(answer).toMatchObject({ kind: 'refused', code: 'NotInLedger' });
    expect(account.model).toEqual(before);
  });
});
