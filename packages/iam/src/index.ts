export { accessLevelOf, isKnownAction } from './action-table.ts';
export { resolveAction } from './resolve-action.ts';
