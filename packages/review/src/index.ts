export type { AuthorizationSource, Principal } from './authorization/authorization.ts';
export { readAuthorization } from './authorization/read-authorization.ts';
export { boundedReviewEvent } from './bounded-event.ts';
export { type DifferenceLine, differenceOf } from './difference.ts';
export { type Digest, type DigestActor, type DigestAlert, digest } from './digest/digest.ts';
export { ReviewInputError } from './errors.ts';
export { CHECK_GUIDE, CHECKS } from './posture/check.ts';
export { createCredentialsCollector } from './posture/collect-credentials.ts';
export { readCredentialReport } from './posture/credential-report.ts';
export { type Posture, posture } from './posture/posture.ts';
export { type UnusedActions, unusedActions } from './propose/unused-actions.ts';
export { review } from './review.ts';
export { meansPrincipal, type PrincipalReview } from './review-principal.ts';
export { createFlowCollector, type FlowCollector, type TrafficRecord } from './segment/collect-flows.ts';
export { memberCounts } from './segment/demand.ts';
export { type GraphEdge, type GraphParty, type TrafficGraph, trafficGraph } from './segment/graph.ts';
export { type NetworkExport, readNetworkExport } from './segment/network-export.ts';
export { createInvokeCollector, reviewFunctions, type StatementChange } from './segment/review-function.ts';
export { peerText, portText, type Rule } from './segment/rule.ts';
export {
  DEFAULT_SEGMENT,
  type GroupReview,
  meansGroup,
  rulesAfter,
  type Segmentation,
  type SegmentSettings,
  segment,
} from './segment/segment.ts';
export { permissionsOf } from './segment/written-rules.ts';
export { DEFAULT_REVIEW, type ReviewSettings } from './settings.ts';
export { permissionReviewEvent, type ReviewContext } from './to-event.ts';
export { createUsageCollector, type UsageCollector } from './usage/collect-usage.ts';
export type { ActionUse, PrincipalUsage, Usage } from './usage/usage.ts';
export { type BaselineUsage, createBaselineUsage, usageFromBaselines } from './usage/usage-from-baselines.ts';
export { visibilityOf } from './usage/visible-actions.ts';
