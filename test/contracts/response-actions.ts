import { parseEvent } from '@portcullis/contract';
import {
  type ApiCall,
  approveLease,
  type CallAws,
  type CutOutcome,
  executePlan,
  revertLease,
} from '@portcullis/respond';
import {
  AT,
  aPlan,
  aPolicy,
  GUARD_OF,
  type MemoryPorts,
  memoryPorts,
  type SampleNames,
  sampleCuts,
} from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';

/** An account in which each kind of cut has something to cut. */
export interface CutAccount {
  readonly names?: SampleNames;
  readonly call: CallAws;
  /** All that cuts change, past the adapter. */
  read(): Promise<unknown>;
  /** The next call is refused. @returns the code that it is refused with */
  refuseNext(call: ApiCall): string;
}

const policy = aPolicy({ approval: { twoPersons: 'never' } });
const person = { arn: 'arn:aws:iam::111122223333:user/responder' };

/** Kinds that differ in what their policy says, not in what is called: of these, one of a role and one of a user are refused. */
const SAME_CALLS = new Set([
  'deny-session',
  'deny-elsewhere',
  'deny-addresses',
  'deny-category',
  'deny-older-sessions',
]);

/**
 * What every account keeps to, in memory and on AWS: each cut is applied, read back and taken back as it declares, and a refusal at
 * any single call is a failure with the name of the call.
 *
 * @param open - the account, once; each cut leaves it as it was
 */
export function responseActionsContract(name: string, open: () => Promise<CutAccount>): void {
  let opened: Promise<CutAccount> | undefined;
  const account = () => {
    opened ??= open();
    return opened;
  };

  describe.each(sampleCuts().map(({ action, target }, index) => ({ action, target, index })))(
    `${name}: $action of $target`,
    ({ action, index }) => {
      const setUp = async () => {
        const subject = await account();
        const cut = sampleCuts('a1', subject.names)[index];
        if (cut === undefined) throw new RangeError('there is no such sample');
        return { subject, cut, plan: aPlan([cut], { account: cut.account }) };
      };

      it('is applied, read back, and taken back as it declares', async () => {
        const { subject, cut, plan } = await setUp();
        const counting = countCalls(subject);
        const ports = memoryPorts(counting, AT);
        const before = await subject.read();

        const applied = await carryOut(plan, ports);
        const changed = await subject.read();
        const calls = counting.count;
        const again = await carryOut(plan, ports);
        const more = counting.count - calls;
        const reverted = await revertLease(cut.restriction, cut.id, person, 'done', ports);
        const after = await subject.read();

        expect(applied).toEqual({ kind: 'verified' });
        expect(changed).not.toEqual(before);
        expect(again).toEqual({ kind: 'in-force-already' });
        expect(more).toBe(0);
        expect(reverted).toEqual({ kind: 'reverted' });
        if (cut.reversible === 'exact') expect(after).toEqual(before);
        else expect(meaningOf(after)).toEqual(meaningOf(before));
        expect(ports.events.map(({ detail }) => detail.data.state)).toEqual([
          'proposed',
          'approved',
          'applied',
          'verified',
          'reverted',
        ]);
      });

      if (SAME_CALLS.has(action)) return;

      it('tells a refusal at each single call by name, and goes on once it is lifted', async () => {
        const { subject, cut, plan } = await setUp();
        const before = await subject.read();
        const refusing = refuseEachOnce(subject);
        const ports = memoryPorts(refusing, AT);

        const applied = await untilDone(refusing, ports, async () => carryOut(plan, ports));
        const reverted = await untilDone(refusing, ports, async () =>
          revertLease(cut.restriction, cut.id, person, 'done', ports),
        );

        expect(applied).toEqual({ kind: 'verified' });
        expect(reverted).toEqual({ kind: 'reverted' });
        expect(meaningOf(await subject.read())).toEqual(meaningOf(before));
        expect(refusing.refused).toBeGreaterThan(2);
        for (const event of ports.events) expect(parseEvent(structuredClone(event))).toEqual(event);
      });
    },
  );
}

function countCalls({ call }: Pick<CutAccount, 'call'>): { readonly call: CallAws; count: number } {
  const counting = {
    count: 0,
    call: (...asked: Parameters<CallAws>) => {
      counting.count += 1;
      return call(...asked);
    },
  };
  return counting;
}

interface Refusing {
  readonly call: CallAws;
  /** Of the call refused since the last `begin`. */
  last: { readonly operation: string; readonly code: string } | undefined;
  refused: number;
  begin(phase: string): void;
}

/** Refuses each call of a run once, one in each try. */
function refuseEachOnce(subject: CutAccount): Refusing {
  const seen = new Set<string>();
  let counts = new Map<string, number>();
  let phase = '';
  const refusing: Refusing = {
    last: undefined,
    refused: 0,
    begin(next) {
      phase = next;
      counts = new Map();
      refusing.last = undefined;
    },
    call(call, place) {
      const count = (counts.get(call.operation) ?? 0) + 1;
      counts.set(call.operation, count);
      const key = `${phase} ${call.operation} ${count}`;
      if (refusing.last === undefined && !seen.has(key)) {
        seen.add(key);
        refusing.refused += 1;
        refusing.last = { operation: call.operation, code: subject.refuseNext(call) };
      }
      return subject.call(call, place);
    },
  };
  return refusing;
}

/** Tries again until nothing is left to refuse; each try before ends in a failure that names the call. */
async function untilDone<Outcome extends { readonly kind: string }>(
  refusing: Refusing,
  ports: MemoryPorts,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  const phase = String(ports.events.length);
  for (;;) {
    refusing.begin(phase);
    const outcome = await run();
    const { last } = refusing;
    if (last === undefined) return outcome;
    const named = { cause: last.code, step: last.operation };
    expect(outcome).toMatchObject({ kind: 'failed', ...named });
    expect(ports.events.at(-1)?.detail.data).toMatchObject({ state: 'failed', ...named });
  }
}

/** By the rule, or by a person where a rule may not. */
async function carryOut(plan: ReturnType<typeof aPlan>, ports: MemoryPorts): Promise<CutOutcome> {
  const guard = { ...GUARD_OF(policy), own: { ownAccounts: new Set([plan.account]), ownPrincipals: [] } };
  const [first] = await executePlan(plan, policy, guard, ports);
  if (first === undefined) throw new RangeError('the plan has no cut');
  const { cut, outcome } = first;
  if (outcome.kind !== 'proposed') return outcome;
  const approved = await approveLease(cut.restriction, cut.id, person, policy, guard, ports);
  if (approved.kind === 'refused') throw new RangeError('nobody stands in the way of the approver');
  return approved;
}

/** Documents within documents by their meaning: what `equivalent` promises. Statements are a set. */
function meaningOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) => {
    if (typeof member === 'string' && /^[{[]/.test(member)) return JSON.parse(member);
    if (Array.isArray(member)) return member.map((one) => JSON.stringify(one)).sort();
    if (typeof member !== 'object' || member === null) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
