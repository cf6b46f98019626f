import { acting } from './acting.ts';

/** Changes what is the customer's, after approval only. */
export const handler = acting('edit');
