import { revocationEventSchema } from '@portcullis/contract';
import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { beforeEach, describe, expect, it } from 'vitest';
import { approverOf } from './approvals.ts';
import { proposePlan } from './execute-plan.ts';
import { keepLeases, recordApproval, revertLease } from './manage-leases.ts';
import { planReview, type ReviewedPrincipal } from './plan-review.ts';
import { readRestriction } from './record.ts';
import { ACCOUNT, AT, aPolicy, GUARD_OF, ROLE } from './testing/builders.ts';
import { memoryAccount } from './testing/memory-account.ts';
import { type MemoryPorts, memoryPorts } from './testing/memory-ports.ts';
import { aBusyAccount } from './testing/sample-cuts.ts';

const policy = aPolicy({});
const guard = GUARD_OF(policy);
const DANA = approverOf(
  'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Responders_0123456789abcdef/dana@example.com',
);

const reviewed: ReviewedPrincipal = {
  arn: ROLE,
  name: 'orders',
  review: '4d2b77c1',
  actions: ['athena:*', 'iam:Create*'],
  observedTo: AT - DAY_MS,
  reason: 'used nothing of these services in 95 days',
};

function planned(overrides: Partial<ReviewedPrincipal> = {}) {
  const made = planReview({ ...reviewed, ...overrides }, policy, AT);
  if (made.kind === 'refused') throw new Error(made.reason);
  return made.plan;
}

const [cut] = planned().cuts;
const { id = '', restriction = '' } = cut ?? {};

describe('a denial that a review put forward', () => {
  const account = () => memoryAccount(aBusyAccount());
  let before: string;
  let world: ReturnType<typeof account>;
  let ports: MemoryPorts;
  const lease = async () => (await readRestriction(ports, restriction)).leases.get(id);
  const stateOf = () => JSON.stringify(world.model);

  beforeEach(async () => {
    world = account();
    before = stateOf();
    ports = memoryPorts(world, AT);
    await proposePlan(planned(), policy, ports);
  });

  it('waits for a person, whatever the policy would let a rule do, and changes nothing', async () => {
    await proposePlan(planned(), aPolicy({ rules: [{ id: 'all', mode: 'enforce' }] }), ports);
    await keepLeases(policy, guard, ports);

    expect(await lease()).toMatchObject({ state: 'proposed', approvalsNeeded: 1, plan: { rule: 'portcullis:review' } });
    expect(ports.ledger.entries).toHaveLength(1);
    expect(stateOf()).toBe(before);
  });

  it('has no say of the principal itself', async () => {
    const own = approverOf(`arn:aws:sts::${ACCOUNT}:assumed-role/orders/s1`);
    expect(await recordApproval(restriction, id, own, ports)).toMatchObject({ kind: 'refused' });
  });

  it('is put in force once approved, and taken back as it was', async () => {
    await recordApproval(restriction, id, DANA, ports);
    await keepLeases(policy, guard, ports);

    expect(await lease()).toMatchObject({ state: 'verified', holds: true });
    expect(stateOf()).toContain('athena:*');
    for (const event of ports.events) expect(revocationEventSchema.safeParse(event).error).toBeUndefined();
    expect(ports.events.map((event) => event['detail-type'])).toContain('Revocation Verified');

    expect(await revertLease(restriction, id, DANA, 'needed', ports)).toMatchObject({ kind: 'reverted' });
    expect(stateOf()).toBe(before);
  });

  it('ends by itself, and all the more if it was asked for after all', async () => {
    await recordApproval(restriction, id, DANA, ports);
    await keepLeases(policy, guard, ports);
    ports.dials.blockedAttempts = 3;
    ports.clock.now += policy.lease.hours * HOUR_MS + 1;
    await keepLeases(policy, guard, ports);

    expect(await lease()).toMatchObject({ state: 'expired', holds: false });
    expect(stateOf()).toBe(before);
  });
});

describe('what a review cannot put forward', () => {
  it.each([
    { arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, why: 'AWS owns it' },
    { arn: `arn:aws:iam::${ACCOUNT}:role/portcullis-production-respond`, why: 'it is our own' },
    { arn: `arn:aws:iam::${ACCOUNT}:group/admins`, why: 'it is no role or user' },
  ])('about $arn: $why', ({ arn }) => {
    expect(planReview({ ...reviewed, arn }, policy, AT).kind).toBe('refused');
  });

  it('is a document that we could not mint', () => {
    expect(planReview({ ...reviewed, actions: [] }, policy, AT).kind).toBe('refused');
  });
});
