import { actionsLike } from '@portcullis/iam';
import type { PrincipalReview } from '../review-principal.ts';
import type { PrincipalUsage, Usage } from '../usage/usage.ts';
import { visibilityOf } from '../usage/visible-actions.ts';
import { compactActions } from './compact-actions.ts';
import { harmOf } from './risk.ts';

/** Characters of one denial: together with the rest of it they stay below what IAM takes for a policy. */
const MAX_LENGTH = 3000;

/** What could be denied without taking anything that was used, and what of it there was no room for. */
export interface UnusedActions {
  /** Names and patterns, of services that the principal used nothing of. */
  readonly actions: readonly string[];
  /** Services left out for want of room, those that harm least. */
  readonly leftOut: readonly string[];
}

/**
 * Services that a principal is granted and used nothing of, as a denial would name them, the most harmful first.
 *
 * By whole services, for a denial beats every grant, also one that stands elsewhere: what no log would have shown is left out of it, and a
 * service of which anything was used, is kept for another reason or was called by names that IAM does not know stays whole.
 */
export function unusedActions(
  { principal, proposal }: Extract<PrincipalReview, { kind: 'proposed' | 'unused' }>,
  { principals }: Usage,
  dataEvents: ReadonlySet<string>,
): UnusedActions {
  const inUse = servicesInUse(principals.get(principal.key));
  for (const { kept, grant } of proposal.grants) {
    for (const [action, reason] of kept) if (reason !== 'unseen') inUse.add(serviceOf(action));
    for (const pattern of grant.unknown) inUse.add(serviceOf(pattern));
  }
  const granted = new Set(proposal.grants.flatMap(({ removed }) => removed.map(serviceOf)));
  const denials = [...granted]
    .filter((service) => !inUse.has(service))
    .map((service) => denialOf(service, dataEvents))
    .filter(({ names }) => names.length > 0)
    .sort((a, b) => b.harm - a.harm || (a.service < b.service ? -1 : 1));
  const actions: string[] = [];
  const leftOut: string[] = [];
  let length = 0;
  for (const { service, names } of denials) {
    const more = names.reduce((sum, name) => sum + name.length + 3, 0);
    if (length + more > MAX_LENGTH) {
      leftOut.push(service);
      continue;
    }
    length += more;
    actions.push(...names);
  }
  return { actions, leftOut };
}

function servicesInUse(used: PrincipalUsage | undefined): Set<string> {
  return new Set([...(used?.actions.keys() ?? [])].map(serviceOf).concat([...(used?.unmapped.keys() ?? [])]));
}

function denialOf(service: string, dataEvents: ReadonlySet<string>) {
  const all = actionsLike(`${service}:*`);
  const shown = all.filter((action) => visibilityOf(action, dataEvents) === 'logged');
  const names = shown.length === all.length ? [`${service}:*`] : compactActions(shown, { actions: ['*'] });
  return { service, names, harm: shown.reduce((sum, action) => sum + harmOf(action), 0) };
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}
