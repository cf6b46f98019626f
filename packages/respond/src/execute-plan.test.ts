import { DAY_MS, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executePlan } from './execute-plan.ts';
import { foldEntries } from './leases.ts';
import {
  approveLease,
  extendLease,
  holdLease,
  keepLeases,
  markEffective,
  rejectLease,
  revertLease,
} from './manage-leases.ts';
import { ACCOUNT, AT, aPlan, aPolicy, GUARD_OF, ROLE } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount, sampleCuts } from './testing/sample-cuts.ts';

const policy = aPolicy();
const guard = GUARD_OF(policy);
const person = { arn: `arn:aws:iam::${ACCOUNT}:user/responder` };
const other = { arn: `arn:aws:iam::${ACCOUNT}:user/second` };

function sample(action: string, alert = 'a1') {
  const cut = sampleCuts(alert).find((one) => one.action === action);
  if (cut === undefined) throw new Error(`no sample of ${action}`);
  return cut;
}

const deny = sample('deny-actions');
const keys = sample('turn-keys-off');

function setUp(now = AT) {
  const account = memoryAccount(aBusyAccount());
  return { account, ports: memoryPorts(account, now), original: structuredClone(account.model) };
}

type Ports = ReturnType<typeof setUp>['ports'];
const statesOf = ({ events }: Ports) => events.map(({ detail: { data } }) => data.state);
const planOf = (alert: string, cuts = [sample('deny-actions', alert)], actor = 'x') =>
  aPlan(cuts, {
    id: `plan-${alert}-1`,
    alert: { id: alert, revision: 1, lastSeen: AT },
    actor: { id: actor, kind: 'role', name: actor },
  });

describe('executePlan', () => {
  it.each([
    { fields: { mode: 'observe' as const }, lane: 'live' as const, why: 'the rule observes' },
    { fields: {}, lane: 'replay' as const, why: 'a replay' },
    { fields: {}, lane: 'dry-run' as const, why: 'a dry run' },
  ])('does and tells nothing where $why', async ({ fields, lane }) => {
    const { account, ports } = setUp();

    const [first] = await executePlan(aPlan([deny], fields), policy, guard, { ...ports, mode: lane });

    expect(first?.outcome).toEqual({ kind: 'observed' });
    expect([account.calls, ports.events, ports.ledger.entries]).toEqual([[], [], []]);
  });

  it('proposes what a person has to approve, and does nothing meanwhile', async () => {
    const { account, ports } = setUp();

    const outcomes = await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);
    await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);

    expect(outcomes[0]?.outcome).toEqual({ kind: 'proposed' });
    expect(statesOf(ports)).toEqual(['proposed']);
    expect(account.calls).toEqual([]);
  });

  it('waits as long as the rule says, so that somebody can say no', async () => {
    const { account, ports } = setUp();
    const plan = aPlan([deny], { notBefore: AT + 5 * MINUTE_MS });

    expect((await executePlan(plan, policy, guard, ports))[0]?.outcome).toEqual({ kind: 'waiting' });
    await rejectLease(deny.restriction, deny.id, person, 'known', ports);
    ports.clock.now += 6 * MINUTE_MS;
    expect((await executePlan(plan, policy, guard, ports))[0]?.outcome).toEqual({ kind: 'over' });

    expect(account.calls).toEqual([]);
    expect(statesOf(ports)).toEqual(['proposed', 'rejected']);
  });

  it('goes on with the next cut where one fails: each stops something of its own', async () => {
    const { account, ports } = setUp();
    account.refuse = ({ operation }) => (operation === 'iam:CreatePolicy' ? 'AccessDenied' : undefined);

    const outcomes = await executePlan(aPlan([deny, keys]), policy, guard, ports);

    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'verified']);
  });

  it('reports no success where what was written does not read back', async () => {
    const { account, ports } = setUp();
    const forgetful = {
      ...ports,
      call: (call: Parameters<typeof ports.call>[0], place: Parameters<typeof ports.call>[1]) =>
        call.operation === 'iam:UpdateAccessKey'
          ? Promise.resolve({ kind: 'done' as const, output: {} })
          : account.call(call, place),
    };

    const [first] = await executePlan(aPlan([keys]), policy, guard, forgetful);

    expect(first?.outcome).toMatchObject({ kind: 'failed', step: 'verify', cause: 'not-as-written' });
    expect(await revertLease(keys.restriction, keys.id, person, 'undo', ports)).toEqual({ kind: 'reverted' });
  });

  it('holds what turns out to be one of the untouchable once looked at', async () => {
    const { account, ports } = setUp();
    const role = account.model.roles.orders;
    if (role !== undefined) role.arn = ROLE.replace('/app/', '/aws-service-role/x.amazonaws.com/');

    const [first] = await executePlan(aPlan([deny]), policy, guard, ports);

    expect(first?.outcome).toMatchObject({ kind: 'held', cause: 'service-linked-role' });
    expect(account.calls).toEqual([]);
    expect(ports.events.at(-1)?.detail.data).toMatchObject({ state: 'held', cause: 'service-linked-role' });
  });
});

describe('brakes', () => {
  it.each([
    { dials: { killSwitch: 'stopped' as const }, lastSeen: AT, cause: 'kill-switch', why: 'the kill switch' },
    { dials: {}, lastSeen: AT - DAY_MS, cause: 'old-alert', why: 'an archive replayed' },
  ])('$cause holds, and a person may go past what is held ($why)', async ({ dials, lastSeen, cause }) => {
    const { account, ports } = setUp();
    Object.assign(ports.dials, dials);
    const plan = aPlan([deny], { alert: { id: 'a1', revision: 1, lastSeen } });

    expect((await executePlan(plan, policy, guard, ports))[0]?.outcome).toMatchObject({ kind: 'held', cause });
    expect((await executePlan(plan, policy, guard, ports))[0]?.outcome).toMatchObject({ kind: 'held' });
    expect(account.calls).toEqual([]);
    expect(ports.events.at(-1)?.detail.data).toMatchObject({ state: 'held', cause });

    ports.dials.killSwitch = 'armed';
    expect(await approveLease(deny.restriction, deny.id, person, policy, guard, ports)).toEqual({ kind: 'verified' });
  });

  it('held, it may go on by the word of whoever had approved it', async () => {
    const { ports } = setUp();
    await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);
    ports.dials.killSwitch = 'stopped';
    const approve = () => approveLease(deny.restriction, deny.id, person, policy, guard, ports);

    expect(await approve()).toMatchObject({ kind: 'held', cause: 'kill-switch' });
    ports.dials.killSwitch = 'armed';
    expect(await approve()).toEqual({ kind: 'verified' });
    expect(await approve()).toMatchObject({ kind: 'refused' });
  });

  it('hold whatever alerts an attacker baits us with', async () => {
    const brakes = { actsPerHour: 6, actsPerHourAndAccount: 4, shareOfActiveActors: 0.01 };
    const strict = aPolicy({ brakes });
    const flood = fc.array(
      fc.record({ actor: fc.nat(50), after: fc.nat(30), sample: fc.nat(sampleCuts().length - 1) }),
      { minLength: 10, maxLength: 60 },
    );

    await fc.assert(
      fc.asyncProperty(flood, fc.integer({ min: 1, max: 600 }), async (alerts, activeActors) => {
        const { ports } = setUp();
        ports.dials.activeActors = activeActors;
        for (const [index, { actor, after, sample: drawn }] of alerts.entries()) {
          ports.clock.now += after * MINUTE_MS;
          const cut = sampleCuts(`a${index}`)[drawn];
          const plan = planOf(`a${index}`, cut === undefined ? [] : [cut], `actor-${actor}`);
          await executePlan({ ...plan, alert: { ...plan.alert, lastSeen: ports.clock.now } }, strict, guard, ports);
        }
        const intents = ports.ledger.entries.filter(({ change }) => change.kind === 'intended');
        for (const { at } of intents) {
          const within = intents.filter((one) => one.at > at - HOUR_MS && one.at <= at);
          expect(within.length).toBeLessThanOrEqual(brakes.actsPerHourAndAccount);
        }
        const actors = new Set(
          [...Map.groupBy(ports.ledger.entries, ({ restriction }) => restriction).values()].flatMap((entries) =>
            [...foldEntries(entries).leases.values()].filter(({ holds }) => holds).map(({ plan }) => plan.actor.id),
          ),
        );
        expect(actors.size).toBeLessThanOrEqual(Math.max(1, Math.floor(activeActors * brakes.shareOfActiveActors)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('approval', () => {
  const linked = `arn:aws:sts::${ACCOUNT}:assumed-role/orders/me`;
  it.each([
    { approver: { arn: linked }, why: 'a session of the role that is cut' },
    {
      approver: { arn: 'arn:aws:iam::999988887777:user/x', sessionRoot: ROLE },
      why: 'that role at the root of the session',
    },
    { approver: { arn: person.arn, sourceIdentity: 'orders' }, why: 'the name of whose power is cut' },
  ])('refuses $why', async ({ approver }) => {
    const { account, ports } = setUp();
    await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);

    expect(await approveLease(deny.restriction, deny.id, approver, policy, guard, ports)).toMatchObject({
      kind: 'refused',
    });
    expect(account.calls).toEqual([]);
  });

  it('takes two persons where the policy says so, and not one twice', async () => {
    const { ports } = setUp();
    const edit = sample('detach-granted-policy');
    await executePlan(aPlan([edit], { linked: [] }), policy, guard, ports);
    const approve = (approver: { readonly arn: string; readonly sourceIdentity?: string }) =>
      approveLease(edit.restriction, edit.id, approver, policy, guard, ports);

    expect(await approve(person)).toEqual({ kind: 'proposed' });
    expect(await approve(person)).toMatchObject({ kind: 'refused' });
    expect(await approve(other)).toEqual({ kind: 'verified' });
    expect(ports.events.find(({ detail }) => detail.data.state === 'approved')?.detail.data.by).toBe(
      `${person.arn}, ${other.arn}`,
    );
  });

  it('lapses where nobody answers', async () => {
    const { account, ports } = setUp();
    await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);
    ports.clock.now += 25 * HOUR_MS;

    expect(await approveLease(deny.restriction, deny.id, person, policy, guard, ports)).toMatchObject({
      kind: 'refused',
    });
    await keepLeases(policy, guard, ports);

    expect(statesOf(ports)).toEqual(['proposed', 'rejected']);
    expect(account.calls).toEqual([]);
  });
});

describe('leases', () => {
  it('are told to be effective once, when a denied call was seen', async () => {
    const { ports } = setUp();
    await executePlan(aPlan([deny], { mode: 'approve' }), policy, guard, ports);
    expect(await markEffective(deny.restriction, deny.id, 'event-7', ports)).toMatchObject({ kind: 'refused' });
    await approveLease(deny.restriction, deny.id, person, policy, guard, ports);

    expect(await markEffective(deny.restriction, deny.id, 'event-7', ports)).toEqual({ kind: 'effective' });
    expect(await markEffective(deny.restriction, deny.id, 'event-8', ports)).toMatchObject({ kind: 'refused' });
    expect(statesOf(ports)).toEqual(['proposed', 'approved', 'applied', 'verified', 'effective']);
    expect(await revertLease(deny.restriction, deny.id, person, 'done', ports)).toEqual({ kind: 'reverted' });
  });

  it('end by themselves, and the account is as before', async () => {
    const { account, ports, original } = setUp();
    await executePlan(aPlan([deny]), policy, guard, ports);
    ports.clock.now += 4 * HOUR_MS;

    await keepLeases(policy, guard, ports);

    expect(statesOf(ports).at(-1)).toBe('expired');
    expect(account.model).toEqual(original);
  });

  it('are renewed while the cut still blocks attempts, up to a limit', async () => {
    const { ports } = setUp();
    ports.dials.blockedAttempts = 3;
    await executePlan(aPlan([deny]), policy, guard, ports);

    for (let hours = 0; hours < 8 * 24; hours += 4) {
      ports.clock.now += 4 * HOUR_MS;
      await keepLeases(policy, guard, ports);
      if (statesOf(ports).at(-1) === 'expired') break;
    }

    expect(ports.clock.now - AT).toBeGreaterThanOrEqual(7 * DAY_MS);
    expect(statesOf(ports).at(-1)).toBe('expired');
  });

  it('never hand back keys or a console by themselves', async () => {
    const { account, ports } = setUp();
    await executePlan(aPlan([keys, sample('deny-console')]), policy, guard, ports);
    const cut = structuredClone(account.model);

    for (let days = 0; days < 100; days++) {
      ports.clock.now += DAY_MS;
      await keepLeases(policy, guard, ports);
    }

    expect(account.model).toEqual(cut);
  });

  it('stay while a person holds them, and end when a person says so', async () => {
    const { ports } = setUp();
    await executePlan(aPlan([deny]), policy, guard, ports);
    await holdLease(deny.restriction, deny.id, person, 'looking into it', ports);
    ports.clock.now += 9 * DAY_MS;
    await keepLeases(policy, guard, ports);
    expect(statesOf(ports).at(-1)).toBe('held');

    await extendLease(deny.restriction, deny.id, person, ports.clock.now + HOUR_MS, ports);
    ports.clock.now += 2 * HOUR_MS;
    await keepLeases(policy, guard, ports);

    expect(statesOf(ports).at(-1)).toBe('expired');
  });

  it('wait while the kill switch is set, but a person can take a cut back', async () => {
    const { ports } = setUp();
    await executePlan(aPlan([deny]), policy, guard, ports);
    ports.dials.killSwitch = 'stopped';
    ports.clock.now += 5 * HOUR_MS;

    expect(await keepLeases(policy, guard, ports)).toEqual([]);
    expect(await revertLease(deny.restriction, deny.id, person, 'harm', ports)).toEqual({ kind: 'reverted' });
  });

  it('of several alerts on one restriction keep it until the last ends, in whatever order', async () => {
    const alerts = ['a1', 'a2', 'a3'];
    const order = fc.shuffledSubarray(alerts, { minLength: 3, maxLength: 3 });
    const kind = fc.constantFrom('deny-actions', 'turn-keys-off', 'stop-function', 'close-function-url');

    await fc.assert(
      fc.asyncProperty(order, order, kind, async (begin, end, action) => {
        const { account, ports, original } = setUp();
        for (const alert of begin) await executePlan(planOf(alert, [sample(action, alert)]), policy, guard, ports);
        const cut = structuredClone(account.model);
        for (const [index, alert] of end.entries()) {
          const { restriction, id } = sample(action, alert);
          expect(account.model).toEqual(cut);
          const expected = index === 2 ? 'reverted' : 'released';
          expect(await revertLease(restriction, id, person, 'x', ports)).toEqual({ kind: expected });
        }
        expect(account.model).toEqual(original);
      }),
      { numRuns: 60 },
    );
  });

  it('are not taken back where somebody changed what we wrote: both states are shown', async () => {
    const { account, ports } = setUp();
    const stop = sample('stop-function');
    await executePlan(aPlan([stop]), policy, guard, ports);
    const lambda = Object.values(account.model.functions)[0];
    if (lambda !== undefined) lambda.concurrency = 50;

    expect(await revertLease(stop.restriction, stop.id, person, 'x', ports)).toEqual({
      kind: 'conflict',
      paths: ['concurrency'],
    });

    expect(lambda?.concurrency).toBe(50);
    expect(ports.events.at(-1)).toMatchObject({
      'detail-type': 'Revocation Held',
      detail: { data: { state: 'conflict', differences: [{ path: 'concurrency', written: '0', found: '50' }] } },
    });
  });

  it('count as ended where somebody took the cut back by hand', async () => {
    const { account, ports, original } = setUp();
    const stop = sample('stop-function');
    await executePlan(aPlan([stop]), policy, guard, ports);
    const lambda = Object.values(account.model.functions)[0];
    if (lambda !== undefined) lambda.concurrency = 7;

    expect(await revertLease(stop.restriction, stop.id, person, 'x', ports)).toEqual({ kind: 'reverted' });
    expect(account.model).toEqual(original);
  });

  it('leave alone keys that were made since', async () => {
    const { account, ports } = setUp();
    await executePlan(aPlan([keys]), policy, guard, ports);
    const alice = account.model.users.alice;
    if (alice !== undefined) alice.keys.AKIA4 = 'Active';

    expect(await revertLease(keys.restriction, keys.id, person, 'x', ports)).toEqual({ kind: 'reverted' });
    expect(alice?.keys).toEqual({ AKIA1: 'Active', AKIA2: 'Inactive', AKIA3: 'Active', AKIA4: 'Active' });
  });
});
