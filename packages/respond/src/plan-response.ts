import type { ResponsePolicy } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import type { ActivityEvent, Actor } from '@portcullis/event';
import { parseDenyDocument } from '@portcullis/iam';
import { type Choice, type CutSubject, chooseActorCuts } from './choose-actor-cuts.ts';
import { chooseFollowedCuts } from './choose-followed-cuts.ts';
import { chooseFunctionCuts } from './choose-function-cuts.ts';
import { choosePersonCuts, choosePin } from './choose-person-cuts.ts';
import { chooseUndoCuts } from './choose-undo-cuts.ts';
import type { CutAction, PlannedCut, ResponsePlan, Withheld } from './cut.ts';
import { CUT_TRAITS } from './cut-traits.ts';
import { type DraftCut, entityOf, restrictionOf, revocationId } from './draft-cut.ts';
import { followAttacker, type Trail } from './follow-attacker.ts';
import { whyOnlyApproved, whyTargetUntouchable } from './never-touch.ts';
import { decideMode } from './response-mode.ts';
import type { FunctionFacts, ResponseState } from './response-state.ts';

/**
 * What would stop an alert: cuts in the order of acting, as data.
 *
 * Pure: the same alert, policy and state give the same plan. An alert without its events, or of somebody who
 * must not be touched, gives a plan without cuts that says why.
 */
export function planResponse(alert: AnomalyEvent, policy: ResponsePolicy, state: ResponseState): ResponsePlan {
  const { data, metadata } = alert.detail;
  const evidence = state.evidence.filter(({ actor }) => actor.id === data.actor.id);
  const actor = evidence[0]?.actor;
  const subject = actor === undefined ? undefined : subjectOf(actor, evidence, state);
  const { mode, breadth, delayMs, rule } = decideMode(
    policy,
    alert,
    state.principals.get(subject?.arn ?? ''),
    state.at,
  );
  const trail = followAttacker(evidence, state.since, state.usual(data.actor.id));
  const chosen = chooseAll(actor, subject, trail, breadth, state);
  const confirmed = data.verdict?.verdict === 'confirmed';
  const guarded = guardCuts(chosen, policy, state);
  return {
    id: `plan-${metadata.id}-${metadata.revision}`,
    alert: { id: metadata.id, revision: metadata.revision, lastSeen: Date.parse(data.lastSeen) },
    account: data.account,
    severity: data.severity,
    actor: data.actor,
    mode,
    breadth,
    rule,
    confirmed,
    madeAt: state.at,
    notBefore: state.at + delayMs,
    cuts: ordered(guarded.drafts).map((draft) => plannedCut(draft, metadata.id, confirmed, policy, state)),
    withheld: guarded.withheld,
    linked: linkedTo(actor, subject, trail),
  };
}

/** Of a function, the role it runs under is what a policy goes on. */
function subjectOf(actor: Actor, evidence: readonly ActivityEvent[], state: ResponseState): CutSubject | undefined {
  const lambda = actor.kind === 'function' ? functionFacts(actor.arn, state) : undefined;
  const arn = actor.kind === 'function' ? lambda?.roleArn : actor.arn;
  const entity = arn === undefined ? undefined : entityOf(arn);
  if (arn === undefined || entity === undefined) return undefined;
  return { actor, arn, entity, facts: state.principals.get(arn), lambda, usual: state.usual(actor.id), evidence };
}

function functionFacts(arn: string | undefined, { principals }: ResponseState): FunctionFacts | undefined {
  return [...principals.values()].flatMap(({ functions }) => functions).find((known) => known.arn === arn);
}

function chooseAll(
  actor: Actor | undefined,
  subject: CutSubject | undefined,
  trail: Trail,
  breadth: ResponsePlan['breadth'],
  state: ResponseState,
): Choice {
  if (actor === undefined) return nothing('the alert', 'no-evidence', 'none of its events is in the evidence store');
  if (!actor.revocable || actor.root || actor.via !== undefined) {
    return nothing(actor.arn ?? actor.name, 'unknown-identity', 'a service, a root, a stranger or an unknown caller');
  }
  const own =
    actor.kind === 'person'
      ? choosePersonCuts(actor, trail, state)
      : subject === undefined
        ? nothing(actor.arn ?? actor.name, 'unknown-role', 'what it acts by is not known')
        : chooseActorCuts(subject, trail, breadth);
  return {
    drafts: [
      ...own.drafts,
      ...chooseFollowedCuts(trail),
      ...chooseFunctionCuts(trail, state),
      ...chooseUndoCuts(trail, state),
      ...choosePin(own.drafts, state),
    ],
    withheld: [
      ...own.withheld,
      ...(trail.cut ? nothing('the trail', 'too-many-credentials', 'more was minted than is followed').withheld : []),
    ],
  };
}

function nothing(what: string, cause: string, reason: string): Choice {
  return { drafts: [], withheld: [{ what, cause, reason }] };
}

/** Leaves out whatever touches what must not be touched, and documents that we could not mint. */
function guardCuts({ drafts, withheld }: Choice, policy: ResponsePolicy, state: ResponseState): Choice {
  const kept = new Map<string, DraftCut>();
  const left: Withheld[] = [...withheld];
  for (const draft of drafts) {
    const obstacle = whyNot(draft, policy, state);
    if (obstacle === undefined) kept.set(restrictionOf(draft), draft);
    else left.push({ what: draft.target, ...obstacle });
  }
  return { drafts: [...kept.values()], withheld: left };
}

function whyNot(draft: DraftCut, policy: ResponsePolicy, state: ResponseState): Omit<Withheld, 'what'> | undefined {
  const { target, account, details } = draft;
  if (!state.ownAccounts.has(account)) return { cause: 'foreign-account', reason: `account ${account} is not ours` };
  if (policy.protect.accounts.includes(account)) return { cause: 'protected-account', reason: 'listed as protected' };
  const untouchable = whyTargetUntouchable(target, state.principals.get(target), policy.protect, state);
  if (untouchable !== undefined) return untouchable;
  if (!('statements' in details)) return undefined;
  const parsed = parseDenyDocument({ Version: '2012-10-17', Statement: details.statements });
  return parsed.kind === 'accepted' ? undefined : { cause: 'outside-grammar', reason: parsed.problems.join('; ') };
}

/** Our own policies' irremovability first, then denies, keys, consoles, whom the attacker became, functions, grants. */
const ORDER: readonly CutAction[] = [
  'pin-by-organization',
  'deny-actions',
  'deny-category',
  'deny-elsewhere',
  'deny-addresses',
  'deny-in-permission-set',
  'turn-keys-off',
  'deny-console',
  'deny-older-sessions',
  'deny-session',
  'stop-function',
  'remove-function-permission',
  'close-function-url',
  'stop-event-source',
  'return-alias',
  'isolate-network',
];

/** Stable, so that grants stay newest first. */
function ordered(drafts: readonly DraftCut[]): readonly DraftCut[] {
  const place = ({ action }: DraftCut) => (ORDER.includes(action) ? ORDER.indexOf(action) : ORDER.length);
  return drafts.toSorted((a, b) => place(a) - place(b));
}

function plannedCut(
  draft: DraftCut,
  alertId: string,
  confirmed: boolean,
  policy: ResponsePolicy,
  state: ResponseState,
): PlannedCut {
  const { action, target, account, region, actions, details, reason, onlyPerson = false, onCreated = false } = draft;
  const { approval, expiry, reversible } = CUT_TRAITS[action];
  const restriction = restrictionOf(draft);
  const isPrincipal = ['role', 'user'].includes(entityOf(target)?.kind ?? '');
  const asked =
    isPrincipal && !onCreated ? whyOnlyApproved(target, state.principals.get(target), policy.protect) : undefined;
  const byPerson = approval === 'always' || onlyPerson || asked !== undefined;
  return {
    id: revocationId(alertId, restriction),
    restriction,
    action,
    target,
    account,
    region,
    actions,
    details,
    reason: asked === undefined ? reason : `${reason}; to be approved: ${asked.reason}`,
    start: byPerson ? 'person' : 'rule',
    expiry: confirmed || onCreated ? 'person' : expiry,
    reversible,
  };
}

function linkedTo(actor: Actor | undefined, subject: CutSubject | undefined, trail: Trail): readonly string[] {
  const arns = [
    actor?.arn,
    actor?.kind === 'person' ? undefined : subject?.arn,
    ...trail.principals.map(({ arn }) => arn),
  ];
  return [...new Set(arns.filter((arn) => arn !== undefined))].sort();
}
