import type { ResponsePolicy } from '@portcullis/config';
import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import type { CutOutcome, Guard } from './apply-cut.ts';
import { type Approver, recordedApprover, whyLinked, whyNotApprover } from './approvals.ts';
import { type EndOutcome, endLease } from './end-lease.ts';
import { advanceLease } from './execute-plan.ts';
import { isApproved, isOver, type Lease } from './leases.ts';
import { REVIEW_RULE } from './plan-review.ts';
import type { ResponsePorts } from './ports.ts';
import { type Recording, readRestriction, record } from './record.ts';

/** Why a person's word was not taken. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** A person approves a proposal, or what a brake held. With the last approval it takes, it is acted on. */
export async function approveLease(
  name: string,
  id: string,
  approver: Approver,
  policy: ResponsePolicy,
  guard: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome | Refused> {
  const recorded = await recordApproval(name, id, approver, ports);
  if (recorded.kind === 'refused') return recorded;
  if (recorded.kind === 'one-of-two') return { kind: 'proposed' };
  return advanceLease(name, id, policy, guard, ports);
}

/**
 * Writes down that a person approves, for whoever keeps leases to go on from.
 *
 * So whoever takes people's word needs no power to act on it.
 */
export async function recordApproval(
  name: string,
  id: string,
  approver: Approver,
  ports: Recording,
): Promise<{ readonly kind: 'approved' | 'one-of-two' } | Refused> {
  const restriction = await readRestriction(ports, name);
  const lease = restriction.leases.get(id);
  if (lease === undefined || isOver(lease)) return refused('there is no such proposal any more');
  if (ports.now() >= lease.lapsesAt) return refused('the proposal has lapsed');
  const objection = whyNotApprover(approver, lease);
  if (objection !== undefined) return refused(objection);
  const recorded = await record(ports, name, restriction, id, { kind: 'approved', by: recordedApprover(approver) });
  if (recorded.kind === 'changed') return refused('it is not waiting for approval any more');
  const now = recorded.restriction.leases.get(id);
  return { kind: now !== undefined && isApproved(now) ? 'approved' : 'one-of-two' };
}

/** A person says no; a proposal of which nothing is in force ends with that. */
export async function rejectLease(
  name: string,
  id: string,
  approver: Approver,
  reason: string,
  ports: Recording,
): Promise<{ readonly kind: 'rejected' } | Refused> {
  const restriction = await readRestriction(ports, name);
  const objection = objectionOf(approver, restriction.leases.get(id));
  if (objection !== undefined) return objection;
  const change = { kind: 'rejected', by: recordedApprover(approver), reason } as const;
  const { kind } = await record(ports, name, restriction, id, change);
  return kind === 'recorded' ? { kind: 'rejected' } : refused('it is not waiting for approval any more');
}

/** A person takes a cut back: brakes do not stop that. */
export async function revertLease(
  name: string,
  id: string,
  approver: Approver,
  reason: string,
  ports: ResponsePorts,
): Promise<EndOutcome | Refused> {
  const objection = objectionOf(approver, (await readRestriction(ports, name)).leases.get(id));
  if (objection !== undefined) return objection;
  return endLease(name, id, { as: 'reverted', by: recordedApprover(approver), reason }, ports);
}

/** A person keeps a cut in force until somebody says otherwise. */
export async function holdLease(
  name: string,
  id: string,
  approver: Approver,
  reason: string,
  ports: Recording,
): Promise<{ readonly kind: 'held' } | Refused> {
  const restriction = await readRestriction(ports, name);
  const objection = objectionOf(approver, restriction.leases.get(id));
  if (objection !== undefined) return objection;
  const change = { kind: 'held', cause: 'by-person', reason, by: recordedApprover(approver) } as const;
  const { kind } = await record(ports, name, restriction, id, change);
  return kind === 'recorded' ? { kind: 'held' } : refused('it cannot be held now');
}

/** A person sets another end; also takes a hold away. */
export async function extendLease(
  name: string,
  id: string,
  approver: Approver,
  until: EpochMs,
  ports: Recording,
): Promise<{ readonly kind: 'extended' } | Refused> {
  const restriction = await readRestriction(ports, name);
  const lease = restriction.leases.get(id);
  const objection = objectionOf(approver, lease);
  if (objection !== undefined) return objection;
  if (lease?.cut.expiry !== 'automatic') return refused('it does not end by itself');
  if (until <= ports.now()) return refused('that time is over');
  const change = { kind: 'extended', until, by: recordedApprover(approver), reason: 'by a person' } as const;
  const { kind } = await record(ports, name, restriction, id, change);
  return kind === 'recorded' ? { kind: 'extended' } : refused('it is not in force');
}

/**
 * A denied call was seen that the cut denies: it does what it is for. Told once for each lease.
 *
 * @param event - id of the denied call
 */
export async function markEffective(
  name: string,
  id: string,
  event: string,
  ports: ResponsePorts,
): Promise<{ readonly kind: 'effective' } | Refused> {
  const restriction = await readRestriction(ports, name);
  if (restriction.leases.get(id)?.state !== 'verified') return refused('it is not verified, or was told before');
  const { kind } = await record(ports, name, restriction, id, { kind: 'effective', event });
  return kind === 'recorded' ? { kind: 'effective' } : refused('it is not in force');
}

/** What the sweeper did with one lease. */
export interface Kept {
  readonly restriction: string;
  readonly lease: string;
  readonly outcome: 'lapsed' | 'resumed' | 'renewed' | EndOutcome['kind'] | CutOutcome['kind'];
}

/**
 * Goes through all leases that are not over: what is due ends, what a crash left half way is finished, what nobody approved lapses.
 *
 * Run on a schedule and by each lease's own alarm; either alone is enough. A set kill switch stops it too.
 */
export async function keepLeases(policy: ResponsePolicy, guard: Guard, ports: ResponsePorts): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  if (ports.mode !== 'live') return kept;
  for (const name of await ports.ledger.open()) {
    for (const id of (await readRestriction(ports, name)).leases.keys()) {
      if ((await ports.killSwitch()) === 'stopped') return kept;
      const outcome = await keepLease(name, id, policy, guard, ports);
      if (outcome !== undefined) kept.push({ restriction: name, lease: id, outcome });
    }
  }
  return kept;
}

async function keepLease(
  name: string,
  id: string,
  policy: ResponsePolicy,
  guard: Guard,
  ports: ResponsePorts,
): Promise<Kept['outcome'] | undefined> {
  const restriction = await readRestriction(ports, name);
  const lease = restriction.leases.get(id);
  if (lease === undefined || isOver(lease) || lease.onHold) return undefined;
  if (lease.ending !== undefined) {
    return (await endLease(name, id, { as: lease.ending, by: 'sweeper', reason: 'going on' }, ports)).kind;
  }
  const waits = lease.state === 'proposed' || lease.state === 'held' || restriction.standing === 'off';
  if (waits && !lease.holds && ports.now() >= lease.lapsesAt) {
    const change = { kind: 'rejected', by: 'sweeper', reason: 'nothing came of it in time' } as const;
    return (await record(ports, name, restriction, id, change)).kind === 'recorded' ? 'lapsed' : undefined;
  }
  if (lease.state === 'approved' || (lease.state === 'applied' && lease.holds)) {
    return (await advanceLease(name, id, policy, guard, ports)).kind;
  }
  if (!isDue(lease, ports.now())) return undefined;
  if (await isStillNeeded(lease, policy, ports)) {
    const until = ports.now() + policy.lease.hours * HOUR_MS;
    const reason = 'it still blocks attempts';
    const { kind } = await record(ports, name, restriction, id, { kind: 'extended', until, by: 'sweeper', reason });
    return kind === 'recorded' ? 'renewed' : undefined;
  }
  return (await endLease(name, id, { as: 'expired', by: 'lease', reason: 'its time is over' }, ports)).kind;
}

/** Only what may end by itself is ever due; in a conflict a person decides. */
function isDue({ cut, holds, state, expiresAt }: Lease, now: EpochMs): boolean {
  return cut.expiry === 'automatic' && holds && state !== 'conflict' && expiresAt !== undefined && now >= expiresAt;
}

async function isStillNeeded(
  { cut, plan, appliedAt = 0, expiresAt = 0 }: Lease,
  { lease }: ResponsePolicy,
  ports: ResponsePorts,
): Promise<boolean> {
  // What a review took for unused and is asked for after all was needed
  if (plan.rule === REVIEW_RULE) return false;
  if (ports.now() - appliedAt >= lease.maxDays * DAY_MS) return false;
  const since = Math.max(appliedAt, expiresAt - lease.hours * HOUR_MS);
  return (await ports.blockedAttempts(cut, since)) > 0;
}

/** Nobody has a say about a cut on themselves: least of all whoever would take it off. */
function objectionOf(approver: Approver, lease: Lease | undefined): Refused | undefined {
  const linked = lease === undefined ? undefined : whyLinked(approver, lease);
  return linked === undefined ? undefined : refused(linked);
}

function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}
