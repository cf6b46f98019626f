import type { PlannedStep } from '@portcullis/contract';
import type { Actor } from '@portcullis/event';
import type { WeighedEvidence } from './risk.ts';

/** Actions named in one cut; beyond it a cut is not narrow any more and the rest is left to people. */
const MAX_ACTIONS = 20;

/** Roles that AWS owns or that a platform stands on: nothing is ever planned against them. */
const UNTOUCHABLE_ROLE =
  /:role\/(?:aws-service-role\/|(?:.*\/)?(?:OrganizationAccountAccessRole|AWSControlTowerExecution|stacksets-exec-)|cdk-)/;

/**
 * What would be cut: the unusual actions, for the actor that used them, and nothing else.
 *
 * Nothing for identities that cannot or must not be cut (roots, services, foreign and unknown callers,
 * service-linked and platform roles), nor for actions that IAM does not know: a deny of those would do
 * nothing and look like something.
 */
export function dryRunPlan(actor: Actor, weighed: readonly WeighedEvidence[]): readonly PlannedStep[] {
  const target = actor.kind === 'person' ? (actor.sharedRole?.arn ?? actor.arn) : actor.arn;
  if (target === undefined || !actor.revocable || actor.root || UNTOUCHABLE_ROLE.test(target)) return [];
  const actions = unusualActions(weighed);
  if (actions.length === 0) return [];
  if (actor.kind === 'person') {
    return [
      {
        action: 'deny-actions',
        target,
        actions,
        reason: `for the sessions of ${actor.name} only, through the permission set: its role cannot be edited directly`,
        reversible: 'manual',
      },
    ];
  }
  return [
    {
      action: 'deny-actions',
      target,
      actions,
      reason: 'never needed before this episode, so what the actor usually does goes on',
      reversible: 'exact',
    },
  ];
}

/** Rates and networks accuse no single action. */
function unusualActions(weighed: readonly WeighedEvidence[]): string[] {
  const actions = new Set<string>();
  for (const { evidence, contribution } of weighed) {
    if (evidence.family !== 'what' || (contribution === 0 && !evidence.always)) continue;
    for (const { action } of evidence.witnesses) if (action !== undefined) actions.add(action);
  }
  return [...actions].slice(0, MAX_ACTIONS).sort();
}
