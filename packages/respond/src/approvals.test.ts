import { describe, expect, it } from 'vitest';
import { approverOf, recordedApprover } from './approvals.ts';
import { executePlan } from './execute-plan.ts';
import { extendLease, holdLease, rejectLease, revertLease } from './manage-leases.ts';
import { listRevocations } from './revocations.ts';
import { AT, aCut, aPlan, aPolicy, FUNCTION, GUARD_OF, ROLE } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount } from './testing/sample-cuts.ts';

const STS = 'arn:aws:sts::111122223333:assumed-role';

describe('who is recorded as having approved', () => {
  it.each([
    {
      arn: `${STS}/AWSReservedSSO_Responders_0123456789abcdef/alice@example.com`,
      by: 'alice@example.com',
      why: 'Identity Center names the session',
    },
    {
      arn: `${STS}/responders/alice`,
      by: 'arn:aws:iam::111122223333:role/responders',
      why: 'the caller chose the name of the session',
    },
    { arn: 'arn:aws:iam::111122223333:user/alice', by: 'arn:aws:iam::111122223333:user/alice', why: 'a user' },
  ])('$by ($why)', ({ arn, by }) => {
    expect(recordedApprover(approverOf(arn))).toBe(by);
  });
});

describe('somebody who is linked to a cut', () => {
  const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
  const cut = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);
  const linked = approverOf(`${STS}/orders/s1`);
  const ports = () => memoryPorts(memoryAccount(aBusyAccount()), AT);

  it.each([
    {
      answer: 'revert' as const,
      say: (set: ReturnType<typeof ports>) => revertLease(cut.restriction, cut.id, linked, 'x', set),
    },
    {
      answer: 'hold' as const,
      say: (set: ReturnType<typeof ports>) => holdLease(cut.restriction, cut.id, linked, 'x', set),
    },
    {
      answer: 'extend' as const,
      say: (set: ReturnType<typeof ports>) => extendLease(cut.restriction, cut.id, linked, AT + 9e9, set),
    },
    {
      answer: 'reject' as const,
      say: (set: ReturnType<typeof ports>) => rejectLease(cut.restriction, cut.id, linked, 'x', set),
    },
  ])('has no say in it: $answer', async ({ say }) => {
    const set = ports();
    await executePlan({ ...aPlan([cut]), linked: [ROLE] }, policy, GUARD_OF(policy), set);
    const before = structuredClone(set.ledger.entries);

    expect(await say(set)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('linked') });
    expect(set.ledger.entries).toEqual(before);
  });
});

describe('the list of revocations', () => {
  it('has those that wait for people first, and those that are over only where their alert is named', async () => {
    const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
    const set = memoryPorts(memoryAccount(aBusyAccount()), AT);
    const inForce = aCut({ kind: 'stop-function', function: FUNCTION }, FUNCTION);
    const waits = { ...aCut({ kind: 'close-function-url', function: FUNCTION }, FUNCTION), start: 'person' as const };
    await executePlan(aPlan([inForce, waits]), policy, GUARD_OF(policy), set);

    expect((await listRevocations(set.ledger)).map(({ lease }) => lease.id)).toEqual([waits.id, inForce.id]);

    await rejectLease(waits.restriction, waits.id, { arn: 'arn:aws:iam::111122223333:user/bob' }, 'known', set);

    expect((await listRevocations(set.ledger)).map(({ lease }) => lease.id)).toEqual([inForce.id]);
    expect(await listRevocations(set.ledger, { alert: 'a1' })).toHaveLength(2);
  });
});
