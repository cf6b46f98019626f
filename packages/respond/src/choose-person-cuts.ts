import type { Actor } from '@portcullis/event';
import type { Choice } from './choose-actor-cuts.ts';
import { accountOfArn, type DraftCut } from './draft-cut.ts';
import { enabledBy, withoutUsual } from './enables-next.ts';
import type { Trail } from './follow-attacker.ts';
import type { ResponseState } from './response-state.ts';

/**
 * A person behind IAM Identity Center: AWS lets nobody edit the role, so the permission set denies that one user.
 * It holds in every account with the set, hence after approval.
 */
export function choosePersonCuts(actor: Actor, trail: Trail, { identityCenter, usual }: ResponseState): Choice {
  const role = actor.sharedRole?.arn ?? actor.arn ?? '';
  const permissionSetArn = identityCenter?.permissionSets.get(role);
  const userId = identityCenter?.userIds.get(actor.name);
  const what = actor.arn ?? actor.name;
  if (identityCenter === undefined || permissionSetArn === undefined || userId === undefined) {
    return {
      drafts: [],
      withheld: [{ what, cause: 'permission-set-unknown', reason: 'the permission set or the user id is not known' }],
    };
  }
  const seen = trail.events.filter(({ action }) => action.mapping === 'mapped').map(({ action }) => action.name);
  const habits = usual(actor.id);
  const actions = withoutUsual([...seen, ...enabledBy(seen)], (action) => habits.hasAction(action));
  if (actions.length === 0) {
    return {
      drafts: [],
      withheld: [{ what, cause: 'only-usual-actions', reason: 'did nothing that it does not do anyway' }],
    };
  }
  const { instanceArn } = identityCenter;
  return {
    drafts: [
      {
        action: 'deny-in-permission-set',
        target: permissionSetArn,
        account: accountOfArn(role),
        actions,
        details: { kind: 'deny-in-permission-set', instanceArn, permissionSetArn, userId, actions },
        reason: `for ${actor.name} alone, in all accounts with the permission set`,
      },
    ],
    withheld: [],
  };
}

/** Makes our policies irremovable for everybody but us, where the organization lets us. */
export function choosePin(cuts: readonly DraftCut[], { organization }: ResponseState): readonly DraftCut[] {
  const [first] = cuts.filter(({ details }) => 'statements' in details);
  if (organization === undefined || first === undefined) return [];
  const { account } = first;
  return [
    {
      action: 'pin-by-organization',
      target: `arn:aws:organizations::${account}:account/${organization.targetId}`,
      account,
      actions: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy', 'iam:DeletePolicy', 'iam:CreatePolicyVersion'],
      details: { kind: 'pin-by-organization', targetId: organization.targetId, account, except: organization.except },
      reason: 'nobody but us takes our policies off',
    },
  ];
}
