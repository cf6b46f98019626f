export { actionsLike } from './action-pattern.ts';
export { accessLevelOf, isKnownAction } from './action-table.ts';
export { companionsOf } from './companions.ts';
export { effectOf } from './effect.ts';
export { matchesPattern } from './pattern.ts';
export { resolveAction } from './resolve-action.ts';
export { type ResourceKind, resourceKindOf } from './resource-table.ts';
