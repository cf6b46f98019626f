import type { ResponsePolicy } from '@portcullis/config';
import { MINUTE_MS } from '@portcullis/event';
import { hasCutOff, raiseCutOff } from './actions/attach-deny-policy.ts';
import type { Guard } from './apply-cut.ts';
import { isBetween } from './cut-state.ts';
import { executePlan, type PlanOutcome } from './execute-plan.ts';
import { raisedTo } from './ledger-calls.ts';
import { planResponse } from './plan-response.ts';
import type { AlertStore, EvidenceStore, FactStore, ResponsePorts } from './ports.ts';
import { readRestriction, record } from './record.ts';
import { handOf, lookAt, runCalls } from './run-calls.ts';

/** CloudTrail of the seconds around a cut arrives minutes later. */
export const SWEEP_AFTER_MS: readonly number[] = [6 * MINUTE_MS, 20 * MINUTE_MS, 60 * MINUTE_MS];

/** Where alerts, their events and facts come from. */
export type ResponseStores = AlertStore & EvidenceStore & FactStore;

/** What one response or sweep came to. */
export interface ResponseOutcome {
  readonly kind: 'responded' | 'no-alert' | 'not-live';
  readonly outcomes: readonly PlanOutcome[];
  /** The logs have come past the time at which the last sweep is due: nothing of the race is still under way. */
  readonly complete: boolean;
}

/** A pointer to an alert, as it came over the bus. */
export interface AlertPointer {
  readonly id: string;
  readonly mode: string;
  /** Set by EventBridge on events replayed from an archive. */
  readonly replayName?: string | undefined;
}

/**
 * Responds to an alert: what came over the bus is but a pointer, all else is read where only we write.
 *
 * The same function serves the first response and the sweeps after it: what the attacker did meanwhile is in the
 * evidence by then, so the plan made again holds the sessions and credentials that were minted in the race.
 */
export async function respondToAlert(
  { id, mode, replayName }: AlertPointer,
  policy: ResponsePolicy,
  stores: ResponseStores,
  ports: ResponsePorts,
): Promise<ResponseOutcome> {
  if (replayName !== undefined || mode !== 'live' || ports.mode !== 'live') {
    return { kind: 'not-live', outcomes: [], complete: true };
  }
  const alert = await stores.alert(id);
  if (alert === undefined) return { kind: 'no-alert', outcomes: [], complete: true };
  const evidence = await stores.eventsOf(alert);
  const facts = await stores.factsFor(alert.detail.data, evidence);
  const { account, firstSeen } = alert.detail.data;
  const since = await stores.since(account, Date.parse(firstSeen));
  const plan = planResponse(alert, policy, { ...facts, at: ports.now(), evidence, since });
  const guard: Guard = { protect: policy.protect, own: facts, principals: facts.principals };
  const outcomes = await executePlan(plan, policy, guard, ports);
  await raiseCutOffs(id, ports);
  const lastSweep = Date.parse(alert.detail.data.lastSeen) + (SWEEP_AFTER_MS.at(-1) ?? 0);
  return { kind: 'responded', outcomes, complete: (await stores.watermark(account)) >= lastSweep };
}

/** Moves the cut-off of an alert's policies past the time at which they took hold; once each, and not before that. */
async function raiseCutOffs(alert: string, ports: ResponsePorts): Promise<void> {
  for (const name of await ports.ledger.ofAlert(alert)) {
    const restriction = await readRestriction(ports, name);
    const holder = [...restriction.leases.values()].find(({ holds }) => holds);
    const to = raisedTo(restriction.verifiedAt);
    if (
      holder === undefined ||
      restriction.standing !== 'on' ||
      restriction.raised ||
      to === undefined ||
      ports.now() < to
    )
      continue;
    const { cut, id } = holder;
    if (!('statements' in cut.details) || !hasCutOff(cut.details) || (await ports.killSwitch()) === 'stopped') continue;
    const hand = handOf(cut, restriction, ports.now());
    const seen = await lookAt(ports, cut, hand);
    if (seen.kind === 'refused') continue;
    const { state } = seen.look;
    const raise = raiseCutOff(cut.details, hand, to, state);
    // A try before may have got half way
    if (raise === undefined || !isBetween(restriction.after, raise.after, state)) continue;
    const refusal = await runCalls(ports, cut, raise.calls);
    await record(
      ports,
      name,
      restriction,
      id,
      refusal === undefined ? { kind: 'raised', after: raise.after } : { kind: 'failed', ...refusal },
    );
  }
}
