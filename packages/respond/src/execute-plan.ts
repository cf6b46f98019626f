import type { ResponsePolicy } from '@portcullis/config';
import { HOUR_MS } from '@portcullis/event';
import { applyLease, type CutOutcome, type Guard, held } from './apply-cut.ts';
import { approvalsFor } from './approvals.ts';
import { trippedBrake } from './brakes.ts';
import type { PlannedCut, ResponsePlan } from './cut.ts';
import { CUT_TRAITS } from './cut-traits.ts';
import { isApproved, type Lease, type Restriction } from './leases.ts';
import type { PlanHead } from './ledger.ts';
import { whyTargetUntouchable } from './never-touch.ts';
import type { ResponsePorts } from './ports.ts';
import { type Recording, readRestriction, record } from './record.ts';

/** What became of a plan, cut by cut, in its order. */
export interface PlanOutcome {
  readonly cut: PlannedCut;
  readonly outcome: CutOutcome;
}

/**
 * Acts on a plan: proposes what a person has to approve, puts in force what a rule may.
 *
 * Doing it again changes nothing that is done. One cut's failure does not stop the next: each stops something of its own.
 */
export async function executePlan(
  plan: ResponsePlan,
  policy: ResponsePolicy,
  guard: Guard,
  ports: ResponsePorts,
): Promise<readonly PlanOutcome[]> {
  const outcomes: PlanOutcome[] = [];
  for (const cut of plan.cuts) outcomes.push({ cut, outcome: await startCut(plan, cut, policy, guard, ports) });
  return outcomes;
}

async function startCut(
  plan: ResponsePlan,
  cut: PlannedCut,
  policy: ResponsePolicy,
  guard: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome> {
  if (plan.mode === 'observe' || ports.mode !== 'live') return { kind: 'observed' };
  const byPerson = plan.mode === 'approve' || cut.start === 'person' || CUT_TRAITS[cut.action].approval === 'always';
  const restriction = await proposeCut(plan, cut, policy, byPerson, ports);
  const lease = restriction.leases.get(cut.id);
  if (lease === undefined) return { kind: 'over' };
  if (lease.state === 'proposed' && !byPerson) {
    if (ports.now() < plan.notBefore) return { kind: 'waiting' };
    await record(ports, cut.restriction, restriction, cut.id, { kind: 'approved', by: `rule ${plan.rule}` });
  }
  return advanceLease(cut.restriction, cut.id, policy, guard, ports);
}

/**
 * Writes down what a person is asked to approve, and acts on nothing. What was proposed before stays as it stands.
 *
 * Takes no power to act.
 */
export async function proposePlan(plan: ResponsePlan, policy: ResponsePolicy, ports: Recording): Promise<void> {
  for (const cut of plan.cuts) await proposeCut(plan, cut, policy, true, ports);
}

async function proposeCut(
  plan: ResponsePlan,
  cut: PlannedCut,
  policy: ResponsePolicy,
  byPerson: boolean,
  ports: Recording,
): Promise<Restriction> {
  const restriction = await readRestriction(ports, cut.restriction);
  if (restriction.leases.has(cut.id)) return restriction;
  const recorded = await record(ports, cut.restriction, restriction, cut.id, {
    kind: 'proposed',
    cut,
    plan: headOf(plan),
    lapsesAt: ports.now() + policy.approval.hours * HOUR_MS,
    approvals: approvalsFor(cut, policy, byPerson),
  });
  return recorded.kind === 'changed' ? proposeCut(plan, cut, policy, byPerson, ports) : recorded.restriction;
}

/** Goes on with a lease from wherever it stands: nothing without approval, and not past a brake. */
export async function advanceLease(
  name: string,
  id: string,
  policy: ResponsePolicy,
  guard: Guard,
  ports: ResponsePorts,
): Promise<CutOutcome> {
  const restriction = await readRestriction(ports, name);
  const lease = restriction.leases.get(id);
  if (lease === undefined) return { kind: 'over' };
  if (lease.holds && lease.state !== 'applied' && restriction.verified) return { kind: 'in-force-already' };
  if (lease.state === 'rejected' || lease.state === 'expired' || lease.state === 'reverted') return { kind: 'over' };
  if (!isApproved(lease)) return { kind: 'proposed' };
  if (lease.state === 'held' || lease.state === 'conflict') {
    return { kind: 'held', cause: 'held', reason: 'held before; a person has to approve it' };
  }
  if (!lease.holds && restriction.standing !== 'applying') {
    const brake = await brakeOn(lease, policy, guard, ports);
    if (brake !== undefined) return held(name, restriction, lease, { kind: 'held', by: 'brake', ...brake }, ports);
  } else if ((await ports.killSwitch()) === 'stopped') {
    return { kind: 'held', cause: 'kill-switch', reason: 'the kill switch is set' };
  }
  return applyLease(name, id, policy, guard, ports);
}

async function brakeOn(
  { cut, plan, approvedBy }: Lease,
  policy: ResponsePolicy,
  { protect, own, principals }: Guard,
  ports: ResponsePorts,
): Promise<{ readonly cause: string; readonly reason: string } | undefined> {
  const untouchable = whyTargetUntouchable(cut.target, principals?.get(cut.target), protect, own);
  if (untouchable !== undefined) return untouchable;
  const at = ports.now();
  return trippedBrake(plan, policy, {
    at,
    killSwitch: await ports.killSwitch(),
    intents: await ports.ledger.intentsSince(at - HOUR_MS),
    underCut: await actorsUnderCut(plan.account, ports),
    activeActors: await ports.activeActors(plan.account),
    byPerson: approvedBy.some((by) => !by.startsWith('rule ')),
  });
}

async function actorsUnderCut(account: string, ports: ResponsePorts): Promise<ReadonlySet<string>> {
  const actors = new Set<string>();
  for (const name of await ports.ledger.open()) {
    for (const lease of (await readRestriction(ports, name)).leases.values()) {
      if (lease.holds && lease.plan.account === account) actors.add(lease.plan.actor.id);
    }
  }
  return actors;
}

function headOf({
  id,
  alert,
  account,
  actor,
  confirmed,
  linked,
  notBefore,
  rule,
  mode,
  severity,
}: ResponsePlan): PlanHead {
  return { id, alert, account, actor, confirmed, linked, notBefore, rule, mode, severity };
}
