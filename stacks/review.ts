/// <reference path="../.sst/platform/config.d.ts" />
import { deploy } from './deployment.ts';
import {
  failurePermissions,
  keepFailedEvents,
  type Permission,
  pipelineFunction,
  type Shared,
} from './pipeline-function.ts';

interface ReviewArgs {
  readonly shared: Shared;
  readonly permissions: readonly Permission[];
}

/** How often each choice of `deploy.review` is. */
const RATES = { weekly: 'rate(7 days)', monthly: 'rate(30 days)' } as const;

/** Sets what everybody may do against what they did, and proposes less; `undefined` where nobody asked for it. */
export function reviewStack({ shared, permissions }: ReviewArgs) {
  if (deploy.review === 'none') return undefined;
  const reviewer = pipelineFunction('review', shared, {
    description: 'Sets what roles and users may do against what they did, and proposes to allow them less',
    // Holds every policy of an account, and what each of its principals used
    memory: 3008,
    seconds: 900,
    environment: {},
    permissions: [...failurePermissions(shared), ...permissions, ...readAuthorization()],
  });
  // A proposal that was told is not told again, so another try is harmless
  keepFailedEvents('review', { function: reviewer, shared, retries: 2, maxAgeSeconds: 6 * 60 * 60 });
  return { reviewer, rate: RATES[deploy.review] };
}

/** Reading alone, here and by the roles that were named. */
function readAuthorization(): Permission[] {
  return [
    // Knows no resources: `*` is the only value that it takes
    { actions: ['iam:GetAccountAuthorizationDetails'], resources: ['*'] },
    ...(deploy.reviewRoles.length > 0 ? [{ actions: ['sts:AssumeRole'], resources: [...deploy.reviewRoles] }] : []),
  ];
}
