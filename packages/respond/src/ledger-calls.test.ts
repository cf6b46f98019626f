import { MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import type { ApiCall } from './api-call.ts';
import { executePlan } from './execute-plan.ts';
import { judgeByLedger } from './ledger-calls.ts';
import { approveLease, revertLease } from './manage-leases.ts';
import type { Place } from './ports.ts';
import { respondToAlert } from './race-sweeps.ts';
import { readRestriction } from './record.ts';
import { AT, ATTACKER, anAlert, anEvent, aPlan, aPolicy, aState, aUser, GUARD_OF } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount, sampleCuts } from './testing/sample-cuts.ts';

const policy = aPolicy({ approval: { twoPersons: 'never' } });
const person = { arn: 'arn:aws:iam::111122223333:user/responder' };

interface Asked {
  readonly call: ApiCall;
  readonly place: Place;
  readonly kind: string;
  readonly direction?: string;
  readonly document?: string | undefined;
}

/** Ports whose calls are judged by the ledger before they are made, as functions do it. */
function judgedPorts() {
  const account = memoryAccount(aBusyAccount());
  const plain = memoryPorts(account, AT);
  const asked: Asked[] = [];
  const call: typeof plain.call = async (one, place) => {
    if (one.power !== 'look') {
      const verdict = judgeByLedger(one, place, await readRestriction(plain, place.restriction ?? ''));
      asked.push({ call: one, place, ...verdict });
      if (verdict.kind !== 'follows') return { kind: 'refused', code: 'NotInLedger', message: verdict.reason };
    }
    return plain.call(one, place);
  };
  return { account, asked, ports: { ...plain, call } };
}

describe.each(sampleCuts())('$action of $target', (cut) => {
  it('asks only for calls that follow from the ledger, there and back, and for none before or after', async () => {
    const { asked, ports } = judgedPorts();
    const [outcome] = await executePlan(aPlan([cut]), policy, GUARD_OF(policy), ports);
    if (outcome?.outcome.kind === 'proposed') {
      await approveLease(cut.restriction, cut.id, person, policy, GUARD_OF(policy), ports);
    }
    const there = [...asked];
    const on = await readRestriction(ports, cut.restriction);
    await revertLease(cut.restriction, cut.id, person, 'done', ports);
    const back = asked.slice(there.length);
    const off = await readRestriction(ports, cut.restriction);

    expect(there.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual(there.map(() => 'follows in-force'));
    expect(back.map(({ kind, direction }) => `${kind} ${direction}`)).toEqual(back.map(() => 'follows back'));
    expect(there.length).toBeGreaterThan(0);
    expect(back.length).toBeGreaterThan(0);
    for (const { call, place } of [...there, ...back]) {
      expect(judgeByLedger(call, place, on).kind, call.operation).toBe('does-not-follow');
      expect(judgeByLedger(call, place, off).kind, call.operation).toBe('does-not-follow');
    }
  });

  it('asks in vain for anything that differs from it', async () => {
    const { account, asked, ports } = judgedPorts();
    // Nothing is carried out, so the intent stays what comes next
    account.refuse = ({ power }) => (power === 'look' ? undefined : 'Throttling');
    const [outcome] = await executePlan(aPlan([cut]), policy, GUARD_OF(policy), ports);
    if (outcome?.outcome.kind === 'proposed') {
      await approveLease(cut.restriction, cut.id, person, policy, GUARD_OF(policy), ports);
    }
    const restriction = await readRestriction(ports, cut.restriction);
    const [first] = asked;
    if (first === undefined) throw new Error('nothing was asked for');
    const { call, place } = first;

    expect(judgeByLedger(call, place, restriction).kind).toBe('follows');
    for (const name of Object.keys(call.input).filter((one) => one !== 'PolicyId')) {
      const other = { ...call, input: { ...call.input, [name]: 'other' } };
      expect(judgeByLedger(other, place, restriction).kind, name).toBe('does-not-follow');
    }
    const more = { ...call, input: { ...call.input, More: true } };
    expect(judgeByLedger(more, place, restriction).kind).toBe('does-not-follow');
    for (const power of ['mint', 'attach', 'revert', 'edit'] as const) {
      const kind = power === call.power ? 'follows' : 'does-not-follow';
      expect(judgeByLedger({ ...call, power }, place, restriction).kind).toBe(kind);
    }
    const elsewhere = { ...place, account: '999999999999' };
    expect(judgeByLedger(call, elsewhere, restriction).kind).toBe('does-not-follow');
  });
});

describe('a cut that waits for approval', () => {
  it('lets nothing be called, whoever asks', async () => {
    const [first] = sampleCuts();
    if (first === undefined) throw new Error('no sample');
    const cut = { ...first, start: 'person' as const };
    const { asked, ports } = judgedPorts();

    await executePlan(aPlan([cut]), policy, GUARD_OF(policy), ports);

    expect(asked).toEqual([]);
    expect((await readRestriction(ports, cut.restriction)).standing).toBe('off');
  });
});

describe('a cut-off that is moved', () => {
  it('follows from the ledger too, and its document is known word by word', async () => {
    const { asked, ports } = judgedPorts();
    const all = aPolicy({ rules: [{ id: 'stop', mode: 'enforce', breadth: 'everything' }] });
    const theft = anEvent('iam:ListUsers', { actor: aUser(), address: ATTACKER, accessKeyId: 'AKIA1', console: true });
    const stores = {
      alert: () => Promise.resolve(anAlert(aUser(), [theft])),
      eventsOf: () => Promise.resolve([theft]),
      since: () => Promise.resolve([]),
      watermark: () => Promise.resolve(AT),
      factsFor: () => Promise.resolve(aState([])),
    };
    await respondToAlert({ id: 'a1', mode: 'live' }, all, stores, ports);
    ports.clock.now = AT + 6 * MINUTE_MS;
    const first = asked.length;
    await respondToAlert({ id: 'a1', mode: 'live' }, all, stores, ports);

    const moved = asked.slice(first);
    expect(moved.map(({ call, kind }) => `${call.operation} ${kind}`)).toEqual([
      'iam:CreatePolicy follows',
      'iam:AttachUserPolicy follows',
    ]);
    expect(moved[1]?.document).toBe(moved[0]?.call.input.PolicyDocument);
  });
});
