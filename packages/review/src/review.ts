import type { Principal } from './authorization/authorization.ts';
import { type PrincipalReview, reviewPrincipal } from './review-principal.ts';
import { DEFAULT_REVIEW, type ReviewSettings } from './settings.ts';
import type { Usage } from './usage/usage.ts';

/** Reviews all principals; those from which most can be taken come first, then the others by ARN. */
export function review(
  principals: readonly Principal[],
  usage: Usage,
  settings: Partial<ReviewSettings> = {},
): readonly PrincipalReview[] {
  const filled = { ...DEFAULT_REVIEW, ...settings };
  return principals
    .map((principal) => reviewPrincipal(principal, usage, filled))
    .sort((a, b) => removable(b) - removable(a) || (a.principal.arn < b.principal.arn ? -1 : 1));
}

function removable(one: PrincipalReview): number {
  return one.kind === 'proposed' || one.kind === 'unused' ? one.riskRemoved : -1;
}
