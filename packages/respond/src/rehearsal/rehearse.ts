import type { ResponsePolicy } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { type ActivityEvent, DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import type { PlannedCut, ResponsePlan } from '../cut.ts';
import { planResponse } from '../plan-response.ts';
import { SWEEP_AFTER_MS } from '../race-sweeps.ts';
import type { FunctionFacts, IdentityCenterFacts, PrincipalFacts, UsualBehavior } from '../response-state.ts';
import { type CutEffect, cutEffect, rehearsedRole, rehearsedSet } from './cut-effect.ts';

/** Events kept, to plan with what led to an alert: as long as an episode stays open by default. */
const KEPT_MS = 2 * DAY_MS;

/** What a cut would have come to. */
export interface RehearsedCut {
  readonly cut: PlannedCut;
  readonly alert: string;
  /** Started by a rule, or only proposed: then what it stopped is what it would have, had somebody approved at once. */
  readonly start: 'rule' | 'person';
  readonly at: EpochMs;
  /** From the first evidence of the alert to the cut. */
  readonly timeToCutMs: number;
  /** Later calls that it would have denied. */
  readonly blocked: {
    /** In keeping with the actor's baseline: what enforcement costs. */
    readonly usual: number;
    /** All others: what it is for. */
    readonly unusual: number;
  };
  /** Later calls of the same principal that the logs do not decide. */
  readonly undecided: number;
  /** All later calls of the same principal while the cut is in force. */
  readonly calls: number;
  /** Those of them in keeping with its baseline, denied or not. */
  readonly usualCalls: number;
}

/** What a policy would have done to a range of logs. */
export interface RehearsalReport {
  readonly plans: readonly ResponsePlan[];
  readonly cuts: readonly RehearsedCut[];
}

export interface RehearsalOptions {
  readonly policy: ResponsePolicy;
  /** Accounts that are ours; all that the logs are of, when empty. */
  readonly ownAccounts: ReadonlySet<string>;
  /** Of an actor, as of before a time. */
  usual(actorId: string, before: EpochMs): UsualBehavior;
  /** Told of each call that a cut would have denied. */
  onBlocked?(event: ActivityEvent, cut: RehearsedCut): void;
}

/** Plays a response policy along with a replay. Changes its own accumulators only. */
export interface Rehearsal {
  /** Each event once, as it is read. */
  event(event: ActivityEvent): void;
  /** Each revision of an alert, as it is told. */
  alert(alert: AnomalyEvent): ResponsePlan;
  report(): RehearsalReport;
}

interface CutInForce {
  readonly told: { -readonly [Key in keyof RehearsedCut]: RehearsedCut[Key] } & {
    blocked: { usual: number; unusual: number };
  };
  readonly effect: CutEffect;
  readonly usual: UsualBehavior;
  endsAt: EpochMs;
  lastBlocked: EpochMs;
}

/**
 * Starts a rehearsal: what would have been cut, when, from whom, and which later calls it would have denied.
 *
 * A cut takes hold when its alert is told in event time; live, that is up to an hour earlier. Leases end and are renewed as
 * they would be, brakes are not rehearsed. Keeps the events of the last two days in memory.
 */
export function rehearse({ policy, ownAccounts, usual, onBlocked }: RehearsalOptions): Rehearsal {
  const inForce = new Map<string, CutInForce>();
  const byTarget = new Map<string, CutInForce[]>();
  const plans = new Map<string, ResponsePlan>();
  const sweeps: { readonly at: EpochMs; readonly alert: AnomalyEvent }[] = [];
  const firstSeenOfKey = new Map<string, EpochMs>();
  const accounts = new Set(ownAccounts);
  let recent: ActivityEvent[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let prunedAt = Number.NEGATIVE_INFINITY;

  const plan = (alert: AnomalyEvent, at: EpochMs): ResponsePlan => {
    const { account, firstSeen, eventIds, actor } = alert.detail.data;
    const from = Date.parse(firstSeen);
    const wanted = new Set(eventIds);
    const evidence = recent.filter(({ id }) => wanted.has(id));
    const since = recent.filter((event) => event.account === account && event.time >= from && event.time <= at);
    const planned = planResponse(alert, policy, {
      at,
      ownAccounts: accounts,
      ownPrincipals: [],
      evidence,
      since,
      usual: (actorId) => usual(actorId, from),
      principals: factsOf([...evidence, ...since]),
      identityCenter: identityCenterOf(evidence),
    });
    plans.set(alert.detail.metadata.id, planned);
    for (const cut of planned.cuts) putInForce(cut, planned, usual(actor.id, from), from);
    return planned;
  };

  const putInForce = (cut: PlannedCut, planned: ResponsePlan, habits: UsualBehavior, firstSeen: EpochMs): void => {
    if (planned.mode === 'observe' || inForce.has(cut.id)) return;
    const at = planned.notBefore;
    const start = planned.mode === 'enforce' ? cut.start : 'person';
    const entry: CutInForce = {
      told: {
        cut,
        alert: planned.alert.id,
        start,
        at,
        timeToCutMs: at - firstSeen,
        blocked: { usual: 0, unusual: 0 },
        undecided: 0,
        calls: 0,
        usualCalls: 0,
      },
      effect: cutEffect(cut, at),
      usual: habits,
      endsAt: cut.expiry === 'automatic' ? at + policy.lease.hours * HOUR_MS : Number.POSITIVE_INFINITY,
      lastBlocked: Number.NEGATIVE_INFINITY,
    };
    inForce.set(cut.id, entry);
    byTarget.set(cut.target, [...(byTarget.get(cut.target) ?? []), entry]);
    // What was read already, but happened later
    for (const event of recent) if (event.time >= at) judge(entry, event);
  };

  const judge = (entry: CutInForce, event: ActivityEvent): void => {
    const { told, effect, usual: habits } = entry;
    if (event.time < told.at || !isInForce(entry, event.time)) return;
    const verdict = effect(event, firstSeenOfKey.get(event.accessKeyId ?? ''));
    if (verdict === 'elsewhere') return;
    const isUsual = inKeeping(event, habits);
    told.calls += 1;
    if (isUsual) told.usualCalls += 1;
    if (verdict === 'undecided') told.undecided += 1;
    if (verdict !== 'denied' || event.outcome === 'denied') return;
    entry.lastBlocked = event.time;
    told.blocked[isUsual ? 'usual' : 'unusual'] += 1;
    onBlocked?.(event, told);
  };

  /** Renewed by what it blocked within the lease that ends. */
  const isInForce = (entry: CutInForce, time: EpochMs): boolean => {
    const span = policy.lease.hours * HOUR_MS;
    const last = entry.told.at + policy.lease.maxDays * DAY_MS;
    while (time >= entry.endsAt && entry.lastBlocked >= entry.endsAt - span && entry.endsAt < last)
      entry.endsAt += span;
    return time < entry.endsAt;
  };

  return {
    event(event) {
      latest = Math.max(latest, event.time);
      if (ownAccounts.size === 0) accounts.add(event.account);
      recent.push(event);
      const key = event.accessKeyId;
      if (key !== undefined && event.time < (firstSeenOfKey.get(key) ?? Number.POSITIVE_INFINITY))
        firstSeenOfKey.set(key, event.time);
      for (let next = sweeps[0]; next !== undefined && next.at <= latest; next = sweeps[0]) {
        sweeps.shift();
        plan(next.alert, next.at);
      }
      for (const target of targetsOf(event)) for (const entry of byTarget.get(target) ?? []) judge(entry, event);
      if (latest - prunedAt > KEPT_MS / 4) {
        prunedAt = latest;
        recent = recent.filter(({ time }) => time >= latest - KEPT_MS);
        for (const [known, time] of firstSeenOfKey) if (time < latest - KEPT_MS) firstSeenOfKey.delete(known);
      }
    },
    alert(alert) {
      const at = Date.parse(alert.detail.metadata.producedAt);
      const planned = plan(alert, at);
      if (planned.mode !== 'observe') {
        for (const after of SWEEP_AFTER_MS) sweeps.push({ at: at + after, alert });
        sweeps.sort((a, b) => a.at - b.at);
      }
      return planned;
    },
    report: () => ({ plans: [...plans.values()], cuts: [...inForce.values()].map(({ told }) => told) }),
  };
}

/** Whether a call is like those of before: what is denied of these is the price. */
function inKeeping({ action, network, resources }: ActivityEvent, usual: UsualBehavior): boolean {
  const [main] = resources;
  const isKnown = action.effect === 'views' || main === undefined || usual.hasResource(main);
  return usual.hasAction(action.name) && usual.hasNetwork(network.prefix) && isKnown;
}

/** Under which targets cuts that may reach a call are kept. */
function targetsOf({ actor }: ActivityEvent): readonly string[] {
  const role = actor.sharedRole?.arn;
  const own = [actor.arn, role];
  if (role !== undefined) own.push(rehearsedSet(role));
  if (actor.kind === 'function') own.push(rehearsedRole(actor.arn ?? ''));
  return own.filter((arn) => arn !== undefined);
}

/** Names stand for the ids of permission sets and users. */
function identityCenterOf(events: readonly ActivityEvent[]): IdentityCenterFacts {
  const people = events.map(({ actor }) => actor).filter(({ kind }) => kind === 'person');
  const roles = new Set(people.flatMap(({ sharedRole }) => sharedRole?.arn ?? []));
  return {
    instanceArn: 'arn:aws:sso:::instance/of-logs',
    permissionSets: new Map([...roles].map((role) => [role, rehearsedSet(role)])),
    userIds: new Map(people.map(({ name }) => [name, name])),
  };
}

/** Logs do not tell what stands behind a role; nothing but what they show is taken as known. */
function factsOf(events: readonly ActivityEvent[]): ReadonlyMap<string, PrincipalFacts> {
  const facts = new Map<string, PrincipalFacts>();
  for (const { actor } of events) {
    const { arn } = actor;
    if (arn === undefined || facts.has(arn)) continue;
    facts.set(arn, { arn, tags: {}, functions: [] });
    if (actor.kind !== 'function') continue;
    const roleArn = rehearsedRole(arn);
    const known: FunctionFacts = { arn, roleArn };
    facts.set(roleArn, { arn: roleArn, tags: {}, functions: [known] });
  }
  return facts;
}
