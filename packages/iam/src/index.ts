export { actionsLike } from './action-pattern.ts';
export { accessLevelOf, actionsOfService, isKnownAction, type KnownAction } from './action-table.ts';
export { companionsOf } from './companions.ts';
export { effectOf } from './effect.ts';
export { matchesPattern } from './pattern.ts';
export { fitsArn, isArnPattern } from './policy/arn-pattern.ts';
export { ABSENT, INSTANCE_VPC, type RequestContext } from './policy/conditions.ts';
export {
  type DenyConditions,
  type DenyDocument,
  type DenyStatement,
  documentText,
} from './policy/deny-document.ts';
export { type DenyVerdict, evaluateDeny, type PolicyRequest } from './policy/evaluate-deny.ts';
export { isInRange, isIpRange, rangeOfHost } from './policy/ip-range.ts';
export {
  MAX_MANAGED_POLICY,
  MAX_SERVICE_CONTROL_POLICY,
  type ParsedDocument,
  parseDenyDocument,
} from './policy/parse-deny-document.ts';
export { fitsWildcard } from './policy/wildcard-pattern.ts';
export { resolveAction } from './resolve-action.ts';
export { type ResourceKind, resourceKindOf } from './resource-table.ts';
