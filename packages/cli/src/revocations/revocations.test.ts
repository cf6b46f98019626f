import type { CutDetails } from '@portcullis/respond';
import { type Approver, approverOf, executePlan, type RevertRequest, type Verb } from '@portcullis/respond';
import {
  AT,
  aBusyAccount,
  aCut,
  aPlan,
  aPolicy,
  GUARD_OF,
  memoryAccount,
  memoryPorts,
} from '@portcullis/respond/testing';
import { describe, expect, it } from 'vitest';
import { type AnswerArguments, answerCommand } from './answer-revocation.ts';
import type { Desk } from './desk.ts';
import { listCommand, showCommand } from './show-revocations.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';
const DANA = approverOf(
  'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Responders_0123456789abcdef/dana@example.com',
);
const ERIN = approverOf('arn:aws:iam::111122223333:user/erin');
const LINKED = approverOf('arn:aws:sts::111122223333:assumed-role/orders/s1');
const OPTIONS: AnswerArguments = { deployment: 'production' };

const stop: CutDetails = { kind: 'stop-function', function: FUNCTION };
const trust: CutDetails = {
  kind: 'restore-trust',
  role: 'orders',
  document: '{}',
  proof: 'event-1',
};

/** A desk over a ledger in memory, in which one cut is in force and one waits for two persons. */
async function aDesk(caller: Approver = DANA) {
  const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce' }] });
  const ports = memoryPorts(memoryAccount(aBusyAccount()), AT);
  const inForce = aCut(stop, FUNCTION);
  const waits = aCut(trust, 'arn:aws:iam::111122223333:role/app/orders');
  const plan = { ...aPlan([inForce, waits]), linked: ['arn:aws:iam::111122223333:role/app/orders'] };
  await executePlan(plan, policy, GUARD_OF(policy), ports);
  const wentOn: { readonly revert?: RevertRequest }[] = [];
  const desk: Desk = {
    ports,
    caller: () => Promise.resolve(caller),
    goOn(request) {
      wentOn.push(request);
      return Promise.resolve();
    },
  };
  const as = (other: Approver): Desk => ({ ...desk, caller: () => Promise.resolve(other) });
  return { desk, as, ports, wentOn, inForce: inForce.id, waits: waits.id };
}

/** What a command prints. */
async function printed(run: (out: { write(text: string | Uint8Array): boolean }) => Promise<number>): Promise<string> {
  let text = '';
  expect(
    await run({
      write(more) {
        text += String(more);
        return true;
      },
    }),
  ).toBe(0);
  return text;
}

function say(answer: Verb, id: string, desk: Desk, more: Partial<AnswerArguments> = {}): Promise<string> {
  return printed((out) => answerCommand(answer, id, { ...OPTIONS, ...more }, desk, out));
}

describe('portcullis revocations', () => {
  it('lists what waits for people first, with who is still missing', async () => {
    const { desk, inForce, waits } = await aDesk();

    const text = await printed((out) => listCommand(OPTIONS, desk, out));
    expect(text.indexOf(waits)).toBeLessThan(text.indexOf(inForce));
    expect(text).toContain('proposed, 0 of 2');

    const json = await printed((out) => listCommand({ ...OPTIONS, json: true }, desk, out));
    expect(
      json
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { id: waits, state: 'proposed', approvalsNeeded: 2, standing: 'off' },
      { id: inForce, state: 'verified', standing: 'on', verified: true },
    ]);
  });

  it('shows one with all that happened to it', async () => {
    const { desk, inForce } = await aDesk();

    const text = await printed((out) => showCommand(inForce.slice(0, 10), OPTIONS, desk, out));

    expect(text).toContain(`cut: stop-function on ${FUNCTION}`);
    expect(text.match(/Z {2}(?:proposed|approved|intended|applied|verified)/g)).toHaveLength(5);
    expect(text).toContain('no say in it have: arn:aws:iam::111122223333:role/app/orders');
  });

  it('takes two persons where it takes two, and lets nobody count twice', async () => {
    const { desk, as, ports, wentOn, waits } = await aDesk();

    expect(await say('approve', waits, desk)).toContain('one more person, as dana@example.com');
    expect(wentOn).toEqual([]);
    await expect(say('approve', waits, desk)).rejects.toThrow('has approved already');
    expect(await say('approve', waits, as(ERIN))).toContain('put in force now');

    expect(wentOn).toEqual([{}]);
    const approvals = ports.ledger.entries.filter(({ lease, change }) => lease === waits && change.kind === 'approved');
    expect(approvals.map(({ change }) => change)).toEqual([
      { kind: 'approved', by: 'dana@example.com' },
      { kind: 'approved', by: 'arn:aws:iam::111122223333:user/erin' },
    ]);
  });

  it('asks who keeps leases to take a cut back, with who wants it and why', async () => {
    const { desk, wentOn, inForce } = await aDesk();

    expect(await say('revert', inForce, desk, { reason: 'a deployment' })).toContain('being taken back');

    expect(wentOn).toEqual([
      { revert: expect.objectContaining({ lease: inForce, approver: DANA, reason: 'a deployment' }) },
    ]);
  });

  it('keeps a cut, and sets another end', async () => {
    const { desk, inForce } = await aDesk();

    expect(await say('hold', inForce, desk, { reason: 'still looking' })).toContain('stays');
    expect(await printed((out) => listCommand(OPTIONS, desk, out))).toContain('by a person');
    expect(await say('extend', inForce, desk, { until: '2026-11-24T10:00:00Z' })).toContain('ends at 2026-11-24');
    expect(await printed((out) => listCommand(OPTIONS, desk, out))).toContain('2026-11-24T10:00:00');
  });

  it('rejects a proposal, for good', async () => {
    const { desk, waits } = await aDesk();

    const json = JSON.parse(await say('reject', waits, desk, { reason: 'known', json: true }));

    expect(json).toEqual({ id: waits, answer: 'reject', outcome: 'rejected', by: 'dana@example.com' });
    await expect(say('approve', waits, desk)).rejects.toThrow('no revocation');
  });

  it.each([
    { answer: 'approve' as const, more: {}, why: 'an approval' },
    { answer: 'reject' as const, more: { reason: 'x' }, why: 'a rejection' },
    { answer: 'revert' as const, more: { reason: 'x' }, why: 'taking it back' },
  ])('refuses $why by whoever is linked to what is cut', async ({ answer, more }) => {
    const { as, ports, wentOn, waits } = await aDesk();
    const before = ports.ledger.entries.length;

    await expect(say(answer, waits, as(LINKED), more)).rejects.toThrow('is linked to what is cut');
    expect(ports.ledger.entries).toHaveLength(before);
    expect(wentOn).toEqual([]);
  });

  it.each([
    { answer: 'revert' as const, id: 'rev-', more: {}, says: 'takes a --reason', why: 'no reason' },
    { answer: 'reject' as const, id: 'rev-', more: { reason: 'x' }, says: 'begins 2 revocations', why: 'which one?' },
    { answer: 'reject' as const, id: 'rev-0', more: { reason: 'x' }, says: '--alert', why: 'there is none' },
    { answer: 'extend' as const, id: 'rev-', more: { until: 'soon' }, says: 'is not a time', why: 'not a time' },
  ])('says what would work: $says ($why)', async ({ answer, id, more, says }) => {
    const { desk } = await aDesk();

    await expect(say(answer, id, desk, more)).rejects.toThrow(says);
  });
});
