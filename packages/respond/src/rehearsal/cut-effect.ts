import type { ActivityEvent, EpochMs } from '@portcullis/event';
import { type DenyVerdict, evaluateDeny, fitsWildcard } from '@portcullis/iam';
import { documentOf } from '../actions/attach-deny-policy.ts';
import type { PlannedCut } from '../cut.ts';
import { policyRequestsOf } from './policy-request.ts';

/** Decides of one call after another whether a cut would have stopped it; `elsewhere`: it is about somebody else. */
export type CutEffect = (event: ActivityEvent, issuedBy: EpochMs | undefined) => DenyVerdict | 'elsewhere';

/**
 * What a cut would have done to a call, by our own policy matcher.
 *
 * Denies, keys and permission sets; of what is done to functions and grants, the logs do not tell who would have missed it.
 *
 * @param at - when it would have been put on
 */
export function cutEffect({ details, target }: PlannedCut, at: EpochMs): CutEffect {
  if ('statements' in details) {
    const document = documentOf(details, at);
    return (event, issuedBy) => {
      if (!principalsOf(event).includes(target)) return 'elsewhere';
      const verdicts = policyRequestsOf(event, issuedBy).map((request) => evaluateDeny(document, request));
      if (verdicts.includes('denied')) return 'denied';
      return verdicts.includes('undecided') ? 'undecided' : 'not-denied';
    };
  }
  if (details.kind === 'turn-keys-off') {
    const { keys } = details;
    return ({ actor, accessKeyId = '' }) => {
      const isTheirs =
        keys === undefined ? actor.arn === target && accessKeyId.startsWith('AKIA') : keys.includes(accessKeyId);
      return isTheirs ? 'denied' : 'elsewhere';
    };
  }
  if (details.kind === 'deny-in-permission-set') {
    const { actions, userId } = details;
    return ({ actor, action }) => {
      if (actor.kind !== 'person' || actor.name !== userId) return 'elsewhere';
      return action.mapping === 'mapped' && actions.some((pattern) => fitsWildcard(pattern, action.name))
        ? 'undecided'
        : 'not-denied';
    };
  }
  return () => 'elsewhere';
}

/** Whoever a policy on it reaches: the principal itself, and of a function its role. */
function principalsOf({ actor }: ActivityEvent): readonly (string | undefined)[] {
  const standIn = actor.kind === 'function' ? rehearsedRole(actor.arn ?? '') : undefined;
  return [actor.arn, actor.sharedRole?.arn, actor.role, standIn];
}

/** Logs do not tell the permission set of a role; this stands for it. */
export function rehearsedSet(roleArn: string): string {
  return `arn:aws:sso:::permissionSet/of-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`;
}

/** Logs do not tell the role of a function; this stands for it. */
export function rehearsedRole(functionArn: string): string {
  const [, partition, , , account, , name] = functionArn.split(':');
  return `arn:${partition}:iam::${account}:role/of-function/${name}`;
}
