import { acting } from './acting.ts';

/** Takes away what the ledger says we put there. */
export const handler = acting('revert');
