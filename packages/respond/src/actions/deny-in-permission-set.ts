import type { ApiCall, Json, JsonObject } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { canonicalText } from '../cut-state.ts';
import { type Action, type CutInHand, listAt, objectAt, obstacle, shown, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'deny-in-permission-set' }>;

/** Characters of a permission set's inline policy. Source: Identity Center user guide, "Quotas". */
const MAX_INLINE = 32_768;

/** Adds one deny for one user to a permission set's inline policy; what else it says stays as it is. */
export const denyInPermissionSet: Action<Details> = {
  preconditions: ['the inline policy can be read and has room', 'it holds no statement of ours yet'],
  verification: 'the inline policy reads back with our statement; the roles follow once it is provisioned',
  operations: {
    look: ['sso:GetInlinePolicyForPermissionSet'],
    // Whoever provisions also waits until it is done
    apply: [
      'sso:PutInlinePolicyToPermissionSet',
      'sso:ProvisionPermissionSet',
      'sso:DescribePermissionSetProvisioningStatus',
    ],
    revert: [
      'sso:PutInlinePolicyToPermissionSet',
      'sso:DeleteInlinePolicyFromPermissionSet',
      'sso:ProvisionPermissionSet',
      'sso:DescribePermissionSetProvisioningStatus',
    ],
  },
  async look(details, _, ask) {
    const policy = textAt(await shown(ask, 'sso:GetInlinePolicyForPermissionSet', setOf(details)), 'InlinePolicy');
    return { state: { inline: policy === '' ? null : canonicalText(JSON.parse(policy) as Json) } };
  },
  intend(details, hand, { state }) {
    const policy = inlineOf(state.inline);
    const statements = listAt(policy, 'Statement');
    const own = statementFor(details, hand);
    if (statements.some(({ Sid }) => Sid === own.Sid)) return obstacle('there-already', 'our statement is there');
    const after = canonicalText({ ...policy, Version: '2012-10-17', Statement: [...statements, own] });
    if (after.length > MAX_INLINE)
      return obstacle('policy-quota', `${after.length} characters; ${MAX_INLINE} are allowed`);
    return { kind: 'calls', calls: [put(details, after), provision(details)], after: { inline: after } };
  },
  revert(details, _, { inline = null }, found) {
    if (found.inline === inline) return [provision(details)];
    return [
      typeof inline === 'string'
        ? put(details, inline)
        : { operation: 'sso:DeleteInlinePolicyFromPermissionSet', power: 'edit', input: setOf(details) },
      provision(details),
    ];
  },
};

function statementFor({ userId, actions }: Details, { cut }: CutInHand) {
  return {
    Sid: `Portcullis${cut.restriction.replace(/\W/g, '').slice(-16)}`,
    Effect: 'Deny',
    Action: actions,
    Resource: ['*'],
    Condition: { StringEquals: { 'identitystore:UserId': [userId] } },
  } as const;
}

/** A single statement may stand without a list. */
function inlineOf(text: Json | undefined): JsonObject {
  const policy = typeof text === 'string' ? objectAt({ policy: JSON.parse(text) as Json }, 'policy') : {};
  const { Statement = [] } = policy;
  return { ...policy, Statement: Array.isArray(Statement) ? Statement : [Statement] };
}

function put(details: Details, InlinePolicy: string): ApiCall {
  return { operation: 'sso:PutInlinePolicyToPermissionSet', power: 'edit', input: { ...setOf(details), InlinePolicy } };
}

function provision(details: Details): ApiCall {
  const input = { ...setOf(details), TargetType: 'ALL_PROVISIONED_ACCOUNTS' };
  return { operation: 'sso:ProvisionPermissionSet', power: 'edit', input };
}

function setOf({ instanceArn: InstanceArn, permissionSetArn: PermissionSetArn }: Details): JsonObject {
  return { InstanceArn, PermissionSetArn };
}
