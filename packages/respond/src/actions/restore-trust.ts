import type { ApiCall, Json } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { canonicalText } from '../cut-state.ts';
import { type Action, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'restore-trust' }>;

/**
 * Gives a role back the trust policy of before the episode.
 *
 * `equivalent`: IAM may write principals otherwise than it was given them, and refuses ids of those that are gone.
 */
export const restoreTrust: Action<Details> = {
  preconditions: ['the trust policy of before the episode was kept', 'the live one differs from it'],
  verification: 'the trust policy reads back as the one that was kept',
  operations: {
    look: ['iam:GetRole'],
    apply: ['iam:UpdateAssumeRolePolicy'],
    revert: ['iam:UpdateAssumeRolePolicy'],
  },
  async look({ role: RoleName }, _, ask) {
    const role = await required(ask, 'iam:GetRole', { RoleName });
    return {
      state: { trust: canonical(textAt(role, 'Role', 'AssumeRolePolicyDocument')) },
      liveArn: textAt(role, 'Role', 'Arn'),
    };
  },
  intend(details, _, { state }) {
    const trust = canonical(details.document);
    if (state.trust === trust) return obstacle('there-already', 'the trust policy is the one of before');
    return { kind: 'calls', calls: [update(details, trust)], after: { trust } };
  },
  revert(details, _, { trust }, found) {
    return typeof trust === 'string' && found.trust !== trust ? [update(details, trust)] : [];
  },
};

function update({ role: RoleName }: Details, PolicyDocument: string): ApiCall {
  return { operation: 'iam:UpdateAssumeRolePolicy', power: 'edit', input: { RoleName, PolicyDocument } };
}

function canonical(document: string): string {
  const text = document.startsWith('%') ? decodeURIComponent(document) : document;
  return canonicalText(JSON.parse(text) as Json);
}
