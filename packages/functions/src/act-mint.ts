import { acting } from './acting.ts';

/** Mints deny-only policies, and does nothing else. */
export const handler = acting('mint');
