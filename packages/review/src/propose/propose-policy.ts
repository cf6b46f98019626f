import type { AttachedPolicy, Principal } from '../authorization/authorization.ts';
import type { Statement } from '../policy/statement.ts';
import type { ReviewSettings } from '../settings.ts';
import type { PrincipalUsage } from '../usage/usage.ts';
import { compactActions, withoutCovered } from './compact-actions.ts';
import { type AllowGrant, allowGrants } from './grant.ts';
import { narrowResources, type Span, type Things, thingsByKind } from './narrow-resources.ts';
import { type Retain, type Retained, retainer } from './retain.ts';

/** What becomes of one Allow statement. */
export interface NarrowedGrant {
  readonly grant: AllowGrant;
  readonly kept: ReadonlyMap<string, Retained>;
  readonly removed: readonly string[];
  readonly parts: readonly GrantPart[];
  /** Nothing of it changes. */
  readonly unchanged: boolean;
}

/** Actions of a statement that go with the same resources. */
interface GrantPart {
  readonly statement: Statement;
  readonly actions: readonly string[];
}

/** A principal's policies, narrowed. */
export interface PolicyProposal {
  readonly grants: readonly NarrowedGrant[];
  /** Policies that stay as they are. */
  readonly untouched: readonly AttachedPolicy[];
  /** Policies whose place the proposed ones take. */
  readonly replaced: readonly AttachedPolicy[];
  /** What takes their place: their denials as they were, and what is left of what they allow. */
  readonly statements: readonly Statement[];
}

/**
 * The tightest policies that still allow what was used, within the margin.
 *
 * @param aroundIt - services that anybody of its account uses
 * @param widened - actions that keep the resources they were granted, whatever was touched
 */
export function proposePolicy(
  principal: Principal,
  usage: PrincipalUsage,
  aroundIt: ReadonlySet<string>,
  span: Span,
  settings: ReviewSettings,
  widened: ReadonlySet<string> = new Set(),
): PolicyProposal {
  const retain = retainer(usage, aroundIt, settings, span);
  const touched = thingsByKind(usage);
  const thingsOf = (action: string) => (widened.has(action) ? undefined : touched(action));
  const grants = allowGrants(principal).map((grant) => narrow(grant, thingsOf, span, retain));
  const changed = new Set(grants.filter(({ unchanged }) => !unchanged).map(({ grant }) => grant.policy));
  const replaced = principal.policies.filter((policy) => changed.has(policy));
  return {
    grants,
    untouched: principal.policies.filter((policy) => !changed.has(policy)),
    replaced,
    statements: [
      ...replaced.flatMap(({ statements }) => statements.filter(({ effect }) => effect === 'Deny')),
      ...merged(grants.filter(({ grant }) => changed.has(grant.policy)).flatMap(({ parts }) => parts)),
    ],
  };
}

function narrow(
  grant: AllowGrant,
  thingsOf: (action: string) => Things | undefined,
  span: Span,
  retain: Retain,
): NarrowedGrant {
  const { statement, policy, unknown } = grant;
  const kept = new Map<string, Retained>();
  const removed: string[] = [];
  const byResources = new Map<
    string,
    { readonly resources: readonly string[] | undefined; readonly actions: string[] }
  >();
  const keep = (action: string, resources: readonly string[] | undefined) => {
    const key = resources?.join(' ') ?? '';
    const part = byResources.get(key) ?? { resources, actions: [] };
    part.actions.push(action);
    byResources.set(key, part);
  };
  for (const action of grant.actions) {
    const reason = retain(action, policy);
    const things = reason === 'used' ? thingsOf(action) : undefined;
    const resources = things === undefined ? 'as-granted' : narrowResources(action, things, statement, span);
    if (reason === undefined || resources.length === 0) {
      removed.push(action);
      continue;
    }
    kept.set(action, reason);
    keep(action, resources === 'as-granted' ? statement.resources : resources);
  }
  for (const pattern of unknown) keep(pattern, statement.resources);
  const narrowed = [...byResources.values()].some(({ resources }) => resources !== statement.resources);
  const parts = [...byResources.values()].map(({ resources, actions }) => ({
    statement: part(statement, resources, actions),
    actions,
  }));
  return { grant, kept, removed, parts, unchanged: removed.length === 0 && !narrowed };
}

function part(statement: Statement, resources: readonly string[] | undefined, actions: readonly string[]): Statement {
  return {
    effect: 'Allow',
    actions: compactActions(actions, statement),
    ...(resources === undefined ? { notResources: statement.notResources } : { resources }),
    condition: statement.condition,
  };
}

/** Statements that differ in nothing but their actions are one. */
function merged(parts: readonly GrantPart[]): readonly Statement[] {
  const groups = Map.groupBy(parts, ({ statement: { resources, notResources, condition } }) =>
    JSON.stringify([resources && [...resources].sort(), notResources, condition]),
  );
  return [...groups.values()].flatMap((group) => {
    const first = group[0]?.statement;
    if (first === undefined) return [];
    return [{ ...first, actions: withoutCovered(group.flatMap(({ statement }) => statement.actions ?? [])) }];
  });
}
