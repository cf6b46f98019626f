import { acting } from './acting.ts';

/** Attaches what was minted, and turns things off. */
export const handler = acting('attach');
