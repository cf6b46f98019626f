import type { Breadth } from '@portcullis/config';
import type { ActivityEvent, Actor } from '@portcullis/event';
import type { DenyStatement } from '@portcullis/iam';
import type { DenyAction, Entity, Withheld } from './cut.ts';
import {
  denyActions,
  denyAddresses,
  denyConsole,
  denyEverything,
  denyOlderSessions,
  denyOutsideInstanceVpc,
  denyOutsideVpc,
  forFunction,
} from './deny-statements.ts';
import { accountOfArn, type DraftCut } from './draft-cut.ts';
import { CATEGORIES, categoriesOf, enabledBy, withoutUsual } from './enables-next.ts';
import type { Trail } from './follow-attacker.ts';
import { resourcesFor } from './resource-scopes.ts';
import type { FunctionFacts, PrincipalFacts, UsualBehavior } from './response-state.ts';

/** Characters for actions, and for resources, of one policy: together with the rest they stay below what IAM takes. */
const MAX_ACTION_LENGTH = 3000;
const MAX_RESOURCE_LENGTH = 2400;

/** Whose power is cut, and what is known of it. */
export interface CutSubject {
  readonly actor: Actor;
  /** Role or user that the policy goes on: of a function its role. */
  readonly arn: string;
  readonly entity: Entity;
  readonly facts: PrincipalFacts | undefined;
  /** Where the actor is one function of its role. */
  readonly lambda?: FunctionFacts | undefined;
  readonly usual: UsualBehavior;
  readonly evidence: readonly ActivityEvent[];
}

/** What was chosen, and what was left out. */
export interface Choice {
  readonly drafts: readonly DraftCut[];
  readonly withheld: readonly Withheld[];
}

/**
 * The smallest cuts that stop what the actor of an alert was seen to do, and what that enables next.
 *
 * Narrow first: stolen credentials are denied where they are used, abuse from the usual place is denied by action.
 * What the actor does anyway is never denied by a narrow cut or a category.
 */
export function chooseActorCuts(subject: CutSubject, trail: Trail, breadth: Breadth): Choice {
  const seen = seenActions(subject.evidence);
  const stolen = trail.addresses.length > 0;
  const withheld = unmappedOf(subject.evidence);
  const drafts = [
    ...(stolen ? cutsElsewhere(subject, trail) : []),
    ...actionCuts(subject, seen, breadth),
    ...(breadth === 'everything'
      ? [draft(subject, 'deny-category', [denyEverything()], ['*'], 'everything, as the rule allows')]
      : []),
    ...sessionCuts(subject, stolen, breadth),
    ...keyCuts(subject, stolen, breadth),
  ];
  return { drafts, withheld };
}

/** Names are kept apart from what they mean: a policy can only deny what IAM knows. */
function seenActions(evidence: readonly ActivityEvent[]): readonly string[] {
  return [
    ...new Set(
      evidence.flatMap(({ action }) => (action.mapping === 'mapped' ? [action.name, ...action.alsoNeeds] : [])),
    ),
  ].sort();
}

function unmappedOf(evidence: readonly ActivityEvent[]): readonly Withheld[] {
  const names = new Set(evidence.flatMap(({ action }) => (action.mapping === 'mapped' ? [] : [action.name])));
  return [...names].sort().map((what) => ({
    what,
    cause: 'unmapped-action',
    reason: 'no policy can deny it by name',
  }));
}

/** Stolen copies are denied where the workload is not: by VPC where its own calls prove to come through one, else by address. */
function cutsElsewhere(subject: CutSubject, trail: Trail): readonly DraftCut[] {
  const { usual, lambda, facts } = subject;
  const statement = denyAddresses(trail.addresses);
  const drafts =
    statement === undefined
      ? []
      : [
          draft(
            subject,
            'deny-addresses',
            [statement],
            ['*'],
            `calls from ${trail.addresses.join(', ')}, where it never calls from`,
          ),
        ];
  if (!usual.onlyPrivate) return drafts;
  const vpcs = new Set((lambda === undefined ? (facts?.functions ?? []) : [lambda]).map(({ vpcId }) => vpcId));
  const [vpcId] = vpcs;
  if (vpcs.size === 1 && vpcId !== undefined) {
    return [...drafts, draft(subject, 'deny-elsewhere', [denyOutsideVpc(vpcId)], ['*'], `calls from outside ${vpcId}`)];
  }
  if (facts?.instances === true) {
    const reason = 'calls from outside the VPC of the instance that the credentials belong to';
    return [...drafts, draft(subject, 'deny-elsewhere', [denyOutsideInstanceVpc()], ['*'], reason)];
  }
  return drafts;
}

function actionCuts(subject: CutSubject, seen: readonly string[], breadth: Breadth): readonly DraftCut[] {
  const { usual } = subject;
  const hasAction = (action: string) => usual.hasAction(action);
  const wider = breadth === 'narrow' ? [] : categoriesOf(seen).flatMap((category) => CATEGORIES[category]);
  // Where not all of it has room, what was seen comes before what may come
  const wanted = [seen, enabledBy(seen), wider].flatMap((patterns) => withoutUsual(patterns, hasAction));
  const actions = withinLength([...new Set(wanted)], MAX_ACTION_LENGTH);
  const statements = [
    ...(actions.length === 0 ? [] : [onlyThisFunction(subject, denyActions(actions))]),
    ...usualOnUnusual(subject),
  ];
  if (statements.length === 0) return [];
  const kind: DenyAction = breadth === 'narrow' ? 'deny-actions' : 'deny-category';
  const denied = [...new Set(statements.flatMap(({ Action = [] }) => Action))];
  return [
    draft(subject, kind, statements, denied, 'what was seen and what it enables next, none of which it usually does'),
  ];
}

/** What it does every day, on what it never touches: denied there only, where IAM can be told so. */
function usualOnUnusual(subject: CutSubject): readonly DenyStatement[] {
  const { usual, evidence } = subject;
  const byAction = new Map<string, Set<string>>();
  for (const { action, resources } of evidence) {
    if (action.mapping !== 'mapped' || !usual.hasAction(action.name)) continue;
    const scoped = resourcesFor(
      action.name,
      resources.filter((resource) => !usual.hasResource(resource)),
    );
    if (scoped === undefined) continue;
    const known = byAction.get(action.name) ?? new Set();
    for (const resource of scoped) known.add(resource);
    byAction.set(action.name, known);
  }
  let room = MAX_RESOURCE_LENGTH;
  return [...byAction].flatMap(([action, resources], index) => {
    const named = withinLength([...resources], room);
    if (named.length === 0) return [];
    room -= lengthOf([action, ...named]) + STATEMENT_LENGTH;
    return onlyThisFunction(subject, { ...denyActions([action], named), Sid: `Resources${index + 1}` });
  });
}

/** A statement without its actions and resources, with the condition of a function. */
const STATEMENT_LENGTH = 250;

/** As many as have room, in their order. */
function withinLength(texts: readonly string[], room: number): readonly string[] {
  let used = 0;
  return texts.filter((text) => {
    used += lengthOf([text]);
    return used <= room;
  });
}

/** Quotes and comma included. */
function lengthOf(texts: readonly string[]): number {
  return texts.reduce((length, text) => length + text.length + 3, 0);
}

function onlyThisFunction({ lambda, facts }: CutSubject, statement: DenyStatement): DenyStatement {
  const isShared = (facts?.functions.length ?? 0) > 1;
  return lambda === undefined || !isShared ? statement : forFunction(statement, lambda.arn);
}

/** Sessions opened before the cut, or all of a console's: each costs the owner its own sessions too. */
function sessionCuts(subject: CutSubject, stolen: boolean, breadth: Breadth): readonly DraftCut[] {
  const { actor, evidence } = subject;
  const drafts: DraftCut[] = [];
  const onlyPerson = breadth !== 'everything';
  if (stolen) {
    const reason = 'sessions opened before the cut; running workloads fail until they renew theirs';
    drafts.push({ ...draft(subject, 'deny-older-sessions', [denyOlderSessions()], ['*'], reason), onlyPerson });
  }
  if (actor.kind === 'user' && evidence.some((event) => event.console)) {
    const reason = 'all use of the console, and other sessions of the user; long-lived keys go on';
    drafts.push({ ...draft(subject, 'deny-console', [denyConsole()], ['*'], reason), onlyPerson });
  }
  return drafts;
}

/** All keys, not only the one that was seen: whoever holds one may have made the others. */
function keyCuts({ actor, arn, entity, evidence }: CutSubject, stolen: boolean, breadth: Breadth): readonly DraftCut[] {
  const byKey = evidence.some(({ accessKeyId }) => accessKeyId?.startsWith('AKIA'));
  if (actor.kind !== 'user' || entity.kind !== 'user' || !byKey) return [];
  return [
    {
      action: 'turn-keys-off',
      target: arn,
      account: accountOfArn(arn),
      actions: [],
      details: { kind: 'turn-keys-off', user: entity.name },
      reason: 'all access keys of the user; sessions already opened with them go on',
      onlyPerson: !stolen || breadth !== 'everything',
    },
  ];
}

function draft(
  { arn, entity }: CutSubject,
  action: DenyAction,
  statements: readonly DenyStatement[],
  actions: readonly string[],
  reason: string,
): DraftCut {
  return {
    action,
    target: arn,
    account: accountOfArn(arn),
    actions,
    details: { kind: action, entity, statements },
    reason,
  };
}
