import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import { ABSENT, type DenyDocument, type PolicyRequest } from '@portcullis/iam';

const PRINCIPAL = 'arn:aws:iam::111122223333:user/alice';
const ALLOW_ALL = {
  name: 'allow',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** What another implementation of IAM says of a request by somebody who may do all but what the document denies. */
export function simulatedVerdict(document: DenyDocument, request: PolicyRequest): 'denied' | 'not-denied' {
  const { action, resource = '*', context } = request;
  const present = [...context].filter((entry): entry is [string, string] => entry[1] !== ABSENT);
  const verdict = runUnsafeSimulation(
    {
      request: {
        principal: PRINCIPAL,
        action,
        resource: { resource, accountId: '111122223333' },
        contextVariables: Object.fromEntries(present),
      },
      identityPolicies: [ALLOW_ALL, { name: 'cut', policy: document }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return verdict === 'ExplicitlyDenied' ? 'denied' : 'not-denied';
}
