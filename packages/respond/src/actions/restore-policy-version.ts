import type { ApiCall } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import { type Action, listAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'restore-policy-version' }>;

/** Makes the version of before the episode the default of a managed policy again. */
export const restorePolicyVersion: Action<Details> = {
  preconditions: ['the version is still there', 'another one is the default'],
  verification: 'the version reads back as the default',
  operations: {
    look: ['iam:ListPolicyVersions'],
    apply: ['iam:SetDefaultPolicyVersion'],
    revert: ['iam:SetDefaultPolicyVersion'],
  },
  async look({ policyArn }, _, ask) {
    const versions = listAt(await required(ask, 'iam:ListPolicyVersions', { PolicyArn: policyArn }), 'Versions');
    const current = versions.find((version) => version.IsDefaultVersion === true);
    return {
      state: { version: textAt(current, 'VersionId') },
      facts: { versions: versions.map((version) => textAt(version, 'VersionId')) },
    };
  },
  intend(details, _, { state, facts }) {
    if (state.version === details.version) return obstacle('there-already', `${details.version} is the default`);
    const { versions } = facts ?? {};
    if (Array.isArray(versions) && !versions.includes(details.version)) {
      return obstacle('version-gone', `there is no version ${details.version} any more`);
    }
    return { kind: 'calls', calls: [setDefault(details, details.version)], after: { version: details.version } };
  },
  revert(details, _, { version }, found) {
    return typeof version === 'string' && found.version !== version ? [setDefault(details, version)] : [];
  },
};

function setDefault({ policyArn: PolicyArn }: Details, VersionId: string): ApiCall {
  return { operation: 'iam:SetDefaultPolicyVersion', power: 'edit', input: { PolicyArn, VersionId } };
}
