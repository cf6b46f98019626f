import type { ApiCall, JsonObject, Operation } from '../api-call.ts';
import type { CutDetails, Entity } from '../cut.ts';
import { type Action, listAt, obstacle, required, shown, textAt } from './action.ts';

type Detach = Extract<CutDetails, { readonly kind: 'detach-granted-policy' }>;
type Delete = Extract<CutDetails, { readonly kind: 'delete-granted-policy' }>;

const CAPITALIZED = { role: 'Role', user: 'User', group: 'Group' } as const;

/** Takes a managed policy off a role, user or group that got it in the episode. */
export const detachGrantedPolicy: Action<Detach> = {
  preconditions: ['an event of the episode shows that it was attached then', 'it is still attached'],
  verification: 'the policy is in the list no more',
  operations: {
    look: ['iam:ListAttachedRolePolicies', 'iam:ListAttachedUserPolicies', 'iam:ListAttachedGroupPolicies'],
    apply: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy', 'iam:DetachGroupPolicy'],
    revert: ['iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:AttachGroupPolicy'],
  },
  async look({ entity, policyArn }, _, ask) {
    const listed = await required(ask, `iam:ListAttached${CAPITALIZED[entity.kind]}Policies`, nameOf(entity));
    const attached = listAt(listed, 'AttachedPolicies').some((policy) => textAt(policy, 'PolicyArn') === policyArn);
    return { state: { attached } };
  },
  intend(details, _, { state }) {
    if (state.attached !== true) return obstacle('gone-already', 'the policy is not attached any more');
    return { kind: 'calls', calls: [attachment(details, 'Detach')], after: { attached: false } };
  },
  revert(details, _, before, found) {
    return before.attached === true && found.attached !== true ? [attachment(details, 'Attach')] : [];
  },
};

/** Takes an inline policy away from a role, user or group that got it in the episode; its text is kept. */
export const deleteGrantedPolicy: Action<Delete> = {
  preconditions: ['an event of the episode shows that it was put there then', 'it is still there'],
  verification: 'there is no such policy any more',
  operations: {
    look: ['iam:GetRolePolicy', 'iam:GetUserPolicy', 'iam:GetGroupPolicy'],
    apply: ['iam:DeleteRolePolicy', 'iam:DeleteUserPolicy', 'iam:DeleteGroupPolicy'],
    revert: ['iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy'],
  },
  async look({ entity, policyName }, _, ask) {
    const operation: Operation = `iam:Get${CAPITALIZED[entity.kind]}Policy`;
    const policy = await shown(ask, operation, { ...nameOf(entity), PolicyName: policyName });
    const document = textAt(policy, 'PolicyDocument');
    return { state: { document: policy === undefined ? null : decoded(document) } };
  },
  intend({ entity, policyName }, _, { state }) {
    if (state.document === null) return obstacle('gone-already', 'there is no such policy any more');
    return {
      kind: 'calls',
      calls: [
        {
          operation: `iam:Delete${CAPITALIZED[entity.kind]}Policy`,
          power: 'edit',
          input: { ...nameOf(entity), PolicyName: policyName },
        },
      ],
      after: { document: null },
    };
  },
  revert({ entity, policyName }, _, { document }, found) {
    if (typeof document !== 'string' || found.document !== null) return [];
    const input = { ...nameOf(entity), PolicyName: policyName, PolicyDocument: document };
    return [{ operation: `iam:Put${CAPITALIZED[entity.kind]}Policy`, power: 'edit', input }];
  },
};

function attachment({ entity, policyArn }: Detach, verb: 'Attach' | 'Detach'): ApiCall {
  const operation: Operation = `iam:${verb}${CAPITALIZED[entity.kind]}Policy`;
  return { operation, power: 'edit', input: { ...nameOf(entity), PolicyArn: policyArn } };
}

function nameOf({ kind, name }: Entity): JsonObject {
  return { [`${CAPITALIZED[kind]}Name`]: name };
}

function decoded(document: string): string {
  return document.startsWith('%') ? decodeURIComponent(document) : document;
}
