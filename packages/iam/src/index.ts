export { accessLevelOf, isKnownAction } from './action-table.ts';
export { effectOf } from './effect.ts';
export { resolveAction } from './resolve-action.ts';
