export type { AuthorizationSource, Principal } from './authorization/authorization.ts';
export { readAuthorization } from './authorization/read-authorization.ts';
export { ReviewInputError } from './errors.ts';
export { review } from './review.ts';
export { type PrincipalReview, type Proposed, policyName, reviewPrincipal } from './review-principal.ts';
export { DEFAULT_REVIEW, type ReviewSettings } from './settings.ts';
export { createUsageCollector, type UsageCollector } from './usage/collect-usage.ts';
export type { ActionUse, PrincipalUsage, Usage } from './usage/usage.ts';
export { usageFromBaselines } from './usage/usage-from-baselines.ts';
