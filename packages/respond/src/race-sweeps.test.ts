import { type ActivityEvent, isoTime, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { revertLease } from './manage-leases.ts';
import { type ResponseStores, respondToAlert } from './race-sweeps.ts';
import { ACCOUNT, AT, ATTACKER, anAlert, anEvent, aPolicy, aState, aUser, USER } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount } from './testing/sample-cuts.ts';

const policy = aPolicy({ rules: [{ id: 'stop', mode: 'enforce', breadth: 'everything' }] });
const theft = anEvent('iam:ListUsers', { actor: aUser(), address: ATTACKER, accessKeyId: 'AKIA1', console: true });
const pointer = { id: 'a1', mode: 'live' };

function setUp(since: ActivityEvent[] = []) {
  const account = memoryAccount(aBusyAccount());
  const ports = memoryPorts(account, AT);
  const watermark = { at: AT };
  const stores: ResponseStores = {
    alert: (id) => Promise.resolve(id === 'a1' ? anAlert(aUser(), [theft]) : undefined),
    eventsOf: () => Promise.resolve([theft]),
    since: () => Promise.resolve(since),
    watermark: () => Promise.resolve(watermark.at),
    factsFor: () => Promise.resolve(aState([])),
  };
  return { account, ports, stores, since, watermark, original: structuredClone(account.model) };
}

describe('respondToAlert', () => {
  it.each([
    { pointer: { ...pointer, replayName: 'archive' }, kind: 'not-live', why: 'replayed from an archive' },
    { pointer: { ...pointer, mode: 'replay' }, kind: 'not-live', why: 'made by a replay' },
    { pointer: { ...pointer, id: 'forged' }, kind: 'no-alert', why: 'points at nothing of ours' },
  ])('does nothing about an event that is $why', async ({ pointer: given, kind }) => {
    const { account, ports, stores } = setUp();

    expect(await respondToAlert(given, policy, stores, ports)).toMatchObject({ kind, outcomes: [] });
    expect(account.calls).toEqual([]);
  });

  it('follows what was minted in the race, once the logs have come', async () => {
    const { account, ports, stores, since, watermark } = setUp();
    await respondToAlert(pointer, policy, stores, ports);
    const alice = account.model.users.alice;
    if (alice !== undefined) alice.keys.AKIARACE = 'Active';
    since.push(
      anEvent('iam:CreateAccessKey', {
        actor: aUser(),
        address: ATTACKER,
        accessKeyId: 'AKIA1',
        time: AT + SECOND_MS,
        minted: { accessKeyId: 'AKIARACE' },
        grants: [
          { form: 'credential', reach: 'own-account', grantee: 'alice', resource: 'access-key', administrative: false },
        ],
      }),
    );
    ports.clock.now = AT + 6 * MINUTE_MS;

    const sweep = await respondToAlert(pointer, policy, stores, ports);

    expect(alice?.keys).toEqual({ AKIA1: 'Inactive', AKIA2: 'Inactive', AKIA3: 'Inactive', AKIARACE: 'Inactive' });
    expect(sweep.complete).toBe(false);
    watermark.at = AT + 61 * MINUTE_MS;
    expect((await respondToAlert(pointer, policy, stores, ports)).complete).toBe(true);
  });

  it('moves the cut-off past the time at which it took hold, once, and takes all of it back', async () => {
    const { account, ports, stores, original } = setUp();
    await respondToAlert(pointer, policy, stores, ports);
    const verified = ports.events.find(
      ({ detail: { data } }) => data.action === 'deny-older-sessions' && data.state === 'verified',
    );
    ports.clock.now = AT + 6 * MINUTE_MS;
    await respondToAlert(pointer, policy, stores, ports);
    ports.clock.now = AT + 20 * MINUTE_MS;
    await respondToAlert(pointer, policy, stores, ports);

    const cutOffs = Object.entries(account.model.policies).filter(([arn]) => arn.includes('deny-older-sessions'));
    const later = cutOffs.filter(([arn]) => arn.endsWith('-later')).map(([, policy]) => policy);
    expect(cutOffs).toHaveLength(2);
    // Nobody changes a document that is attached
    for (const [, policy] of cutOffs) expect(Object.keys(policy.versions)).toEqual(['v1']);
    expect(later.map(({ versions }) => versions.v1)).toEqual([
      expect.stringContaining(isoTime(Date.parse(verified?.time ?? '') + MINUTE_MS)),
    ]);
    const request = { action: 's3:GetObject', resource: '*' };
    const issued = (time: number) => new Map([['aws:TokenIssueTime', isoTime(time)]]);
    expect(account.denies(USER, { ...request, context: issued(AT + 10 * SECOND_MS) })).toBe('denied');

    for (const { restriction, lease, change } of [...ports.ledger.entries]) {
      if (change.kind !== 'applied') continue;
      await revertLease(restriction, lease, { arn: `arn:aws:iam::${ACCOUNT}:user/responder` }, 'done', ports);
    }
    expect(account.model).toEqual(original);
  });

  it('goes on with a cut-off that was moved half way', async () => {
    const { account, ports, stores } = setUp();
    await respondToAlert(pointer, policy, stores, ports);
    const held = account.model.users.alice?.attached ?? [];
    account.refuse = ({ operation, input }) =>
      operation === 'iam:AttachUserPolicy' && String(input.PolicyArn).endsWith('-later') ? 'Throttling' : undefined;
    ports.clock.now = AT + 6 * MINUTE_MS;
    await respondToAlert(pointer, policy, stores, ports);
    expect(account.model.users.alice?.attached).toEqual(held);

    account.refuse = () => undefined;
    ports.clock.now = AT + 20 * MINUTE_MS;
    await respondToAlert(pointer, policy, stores, ports);

    expect(account.model.users.alice?.attached.filter((arn) => arn.endsWith('-later'))).toHaveLength(1);
  });
});
