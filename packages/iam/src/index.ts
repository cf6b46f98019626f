export { resolveAction } from './resolve-action.ts';
