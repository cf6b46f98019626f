import { parseEvent } from '@portcullis/contract';
import { describe, expect, it } from 'vitest';
import type { ApiCall } from '../api-call.ts';
import type { CutOutcome } from '../apply-cut.ts';
import { CUT_TRAITS } from '../cut-traits.ts';
import { executePlan } from '../execute-plan.ts';
import { approveLease, type Refused, revertLease } from '../manage-leases.ts';
import { AT, aPlan, aPolicy, GUARD_OF } from '../testing/builders.ts';
import { memoryAccount } from '../testing/memory-account.ts';
import { type MemoryPorts, memoryPorts } from '../testing/memory-ports.ts';
import { aBusyAccount, sampleCuts } from '../testing/sample-cuts.ts';
import { actionOf } from './catalog.ts';

const policy = aPolicy({ approval: { twoPersons: 'never' } });
const guard = GUARD_OF(policy);
const person = { arn: 'arn:aws:iam::111122223333:user/responder' };
const cuts = sampleCuts();

function setUp() {
  const account = memoryAccount(aBusyAccount());
  return { account, ports: memoryPorts(account, AT), before: structuredClone(account.model) };
}

it('has a sample of each kind of cut', () => {
  expect([...new Set(cuts.map(({ action }) => action))].sort()).toEqual(Object.keys(CUT_TRAITS).sort());
});

describe.each(cuts)('$action of $target', (cut) => {
  const plan = aPlan([cut]);

  it('is applied, read back, and taken back as it declares', async () => {
    const { account, ports, before } = setUp();

    const applied = await carryOut(plan, ports);
    const changed = structuredClone(account.model);
    const reverted = await revertLease(cut.restriction, cut.id, person, 'done', ports);

    expect(applied).toEqual({ kind: 'verified' });
    expect(changed).not.toEqual(before);
    expect(reverted).toEqual({ kind: 'reverted' });
    if (cut.reversible === 'exact') expect(account.model).toEqual(before);
    else expect(parsedDeep(account.model)).toEqual(parsedDeep(before));
    expect(ports.events.map((event) => event.detail.data.state)).toEqual([
      'proposed',
      'approved',
      'applied',
      'verified',
      'reverted',
    ]);
    for (const event of ports.events) expect(parseEvent(structuredClone(event))).toEqual(event);
  });

  it('does twice what it does once', async () => {
    const { account, ports } = setUp();

    await carryOut(plan, ports);
    const once = structuredClone(account.model);
    const calls = account.calls.length;
    const again = await carryOut(plan, ports);

    expect(again).toEqual({ kind: 'in-force-already' });
    expect(account.model).toEqual(once);
    expect(account.calls).toHaveLength(calls);
  });

  it('calls nothing that it does not declare', async () => {
    const { account, ports } = setUp();
    const looks = new Set<string>();
    account.refuse = ({ power, operation }) => {
      if (power === 'look') looks.add(operation);
      return undefined;
    };
    const { operations } = actionOf(cut.details);

    await carryOut(plan, ports);
    const applied = account.calls.map(({ operation }) => operation);
    await revertLease(cut.restriction, cut.id, person, 'done', ports);
    const reverted = account.calls.slice(applied.length).map(({ operation }) => operation);

    expect(operations.apply).toEqual(expect.arrayContaining(applied));
    expect(operations.revert).toEqual(expect.arrayContaining(reverted));
    expect(operations.look).toEqual(expect.arrayContaining([...looks]));
  });

  it('tells a refusal by AWS at each single call, by name, and can go on once it is lifted', async () => {
    const total = await countCalls(async ({ ports }) => {
      await carryOut(plan, ports);
    });

    for (let refused = 0; refused < total; refused++) {
      const { account, ports, before } = setUp();
      let call: ApiCall | undefined;
      account.refuse = (asked, count) => {
        if (count !== refused) return undefined;
        call = asked;
        return 'AccessDenied';
      };

      const first = await carryOut(plan, ports);

      expect(first, `call ${refused}`).toMatchObject({
        kind: 'failed',
        cause: 'AccessDenied',
        step: call?.operation,
      });
      expect(ports.events.at(-1)?.detail.data).toMatchObject({
        state: 'failed',
        cause: 'AccessDenied',
        step: call?.operation,
      });
      expect(ports.events.map((event) => event.detail.data.state)).not.toContain('verified');

      account.refuse = () => undefined;
      const second = await carryOut(plan, ports);
      expect(second, `call ${refused}`).toEqual({ kind: 'verified' });
      expect(await revertLease(cut.restriction, cut.id, person, 'done', ports)).toEqual({ kind: 'reverted' });
      expect(parsedDeep(account.model)).toEqual(parsedDeep(before));
    }
  });

  it('cleans up after a failure, whatever it left half way', async () => {
    const total = await countCalls(async ({ ports }) => {
      await carryOut(plan, ports);
    });

    for (let refused = 0; refused < total; refused++) {
      const { account, ports, before } = setUp();
      account.refuse = (_, count) => (count === refused ? 'ThrottlingException' : undefined);
      await carryOut(plan, ports);
      account.refuse = () => undefined;

      const outcome = await revertLease(cut.restriction, cut.id, person, 'clean up', ports);

      expect(['reverted', 'not-in-force'], `call ${refused}: ${JSON.stringify(outcome)}`).toContain(outcome.kind);
      expect(parsedDeep(account.model)).toEqual(parsedDeep(before));
    }
  });

  it('tells a refusal while taking back, and goes on once it is lifted', async () => {
    const inForce = await countCalls(({ ports }) => carryOut(plan, ports).then(() => undefined));
    const total = await countCalls(async ({ ports }) => {
      await carryOut(plan, ports);
      await revertLease(cut.restriction, cut.id, person, 'done', ports);
    });

    for (let refused = inForce; refused < total; refused++) {
      const { account, ports, before } = setUp();
      await carryOut(plan, ports);
      account.refuse = (_, count) => (count === refused ? 'AccessDenied' : undefined);

      expect(await revertLease(cut.restriction, cut.id, person, 'done', ports)).toMatchObject({
        kind: 'failed',
        cause: 'AccessDenied',
      });
      expect(ports.events.at(-1)?.detail.data.state).toBe('failed');

      account.refuse = () => undefined;
      expect(await revertLease(cut.restriction, cut.id, person, 'done', ports)).toEqual({ kind: 'reverted' });
      expect(parsedDeep(account.model)).toEqual(parsedDeep(before));
    }
  });
});

/** By the rule, or by a person where a rule may not. */
async function carryOut(plan: ReturnType<typeof aPlan>, ports: MemoryPorts): Promise<CutOutcome | Refused | undefined> {
  const [first] = await executePlan(plan, policy, guard, ports);
  const { cut, outcome } = first ?? {};
  if (cut === undefined || outcome?.kind !== 'proposed') return outcome;
  return approveLease(cut.restriction, cut.id, person, policy, guard, ports);
}

async function countCalls(run: (set: ReturnType<typeof setUp>) => Promise<void>): Promise<number> {
  const set = setUp();
  let count = 0;
  set.account.refuse = () => {
    count += 1;
    return undefined;
  };
  await run(set);
  return count;
}

/** Documents within documents by their meaning: what `equivalent` promises. Statements are a set. */
function parsedDeep(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) => {
    if (typeof member === 'string' && /^[{[]/.test(member)) return JSON.parse(member);
    if (Array.isArray(member)) return member.map((one) => JSON.stringify(one)).sort();
    return member;
  });
}
