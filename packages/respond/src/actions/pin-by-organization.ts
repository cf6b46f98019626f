import { MAX_SERVICE_CONTROL_POLICY, parseDenyDocument } from '@portcullis/iam';
import type { ApiCall } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, type CutInHand, listAt, obstacle, required, shown, textAt } from './action.ts';
import { POLICY_PATH } from './attach-deny-policy.ts';

type Details = Extract<CutDetails, { readonly kind: 'pin-by-organization' }>;

/** Keeps everybody but our own roles from taking our policies off, by a service control policy. */
export const pinByOrganization: Action<Details> = {
  preconditions: ['our roles are named, or nobody could undo it', 'the document is within the grammar and the size'],
  verification: 'the policy reads back as written, and the account is among its targets',
  operations: {
    look: ['organizations:ListPolicies', 'organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
    apply: ['organizations:CreatePolicy', 'organizations:AttachPolicy'],
    revert: ['organizations:DetachPolicy', 'organizations:DeletePolicy'],
  },
  async look(details, hand, ask) {
    const listed = await required(ask, 'organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' });
    const own = listAt(listed, 'Policies').find((policy) => textAt(policy, 'Name') === nameOf(hand));
    const id = textAt(own, 'Id');
    if (id === '') return { state: { document: null, attached: false } };
    const policy = await shown(ask, 'organizations:DescribePolicy', { PolicyId: id });
    const targets = listAt(await required(ask, 'organizations:ListTargetsForPolicy', { PolicyId: id }), 'Targets');
    return {
      state: {
        document: canonical(textAt(policy, 'Policy', 'Content')),
        attached: targets.some((target) => textAt(target, 'TargetId') === details.targetId),
      },
      facts: { id },
    };
  },
  intend(details, hand, { state, facts }) {
    if (details.except.length === 0) return obstacle('no-exception', 'no role of ours is named that may undo it');
    const parsed = parseDenyDocument(documentOf(details), MAX_SERVICE_CONTROL_POLICY);
    if (parsed.kind === 'refused') return obstacle('outside-grammar', parsed.problems.join('; '));
    if (state.document !== null && state.document !== parsed.text)
      return obstacle('policy-differs', 'a policy of that name says something else');
    const create: ApiCall = {
      operation: 'organizations:CreatePolicy',
      power: 'edit',
      input: {
        Name: nameOf(hand),
        Description: 'Keeps the policies of an incident in place',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: parsed.text,
      },
    };
    const attach: ApiCall = {
      operation: 'organizations:AttachPolicy',
      power: 'edit',
      input: { PolicyId: textAt(facts, 'id') || FROM_NAME, TargetId: details.targetId, Name: nameOf(hand) },
    };
    return {
      kind: 'calls',
      calls: [...(state.document === null ? [create] : []), ...(state.attached === true ? [] : [attach])],
      after: { document: parsed.text, attached: true },
    };
  },
  revert({ targetId }, hand, before, found) {
    const common = { PolicyId: FROM_NAME, Name: nameOf(hand) };
    return [
      ...(found.attached === true && before.attached !== true
        ? [
            {
              operation: 'organizations:DetachPolicy',
              power: 'edit',
              input: { ...common, TargetId: targetId },
            } as const,
          ]
        : []),
      ...(found.document !== null && before.document === null
        ? [{ operation: 'organizations:DeletePolicy', power: 'edit', input: common } as const]
        : []),
    ];
  },
};

/** Organizations names policies by an id it makes up; whoever makes the call looks it up by `Name`, which is ours and unique. */
export const FROM_NAME = 'by-name';

function nameOf({ cut }: CutInHand): string {
  return `portcullis-pin-${cut.restriction.slice(-16)}`;
}

function documentOf({ account, except }: Details) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeepIncidentPolicies',
        Effect: 'Deny',
        Action: ['iam:DetachRolePolicy', 'iam:DetachUserPolicy'],
        Resource: ['*'],
        Condition: {
          ArnLike: { 'iam:PolicyARN': [`arn:aws:iam::${account}:policy${POLICY_PATH}*`] },
          ArnNotLike: { 'aws:PrincipalArn': except },
        },
      },
      {
        Sid: 'KeepIncidentDocuments',
        Effect: 'Deny',
        Action: [
          'iam:CreatePolicyVersion',
          'iam:DeletePolicy',
          'iam:DeletePolicyVersion',
          'iam:SetDefaultPolicyVersion',
        ],
        Resource: [`arn:aws:iam::${account}:policy${POLICY_PATH}*`],
        Condition: { ArnNotLike: { 'aws:PrincipalArn': except } },
      },
    ],
  };
}

function canonical(content: string): string {
  const parsed = parseDenyDocument(content, MAX_SERVICE_CONTROL_POLICY);
  return parsed.kind === 'accepted' ? parsed.text : content;
}
