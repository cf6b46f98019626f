import { defineResponsePolicy } from '@portcullis/config';

/**
 * Nothing is cut without a person, but the proposal is there when the alert is: what would be cut, why, and how to undo it.
 * A good first month; then compare what was approved with what `replay --response-policy strict.ts` would have done.
 */
const policy = defineResponsePolicy({
  rules: [
    { id: 'confirmed-theft', confirmed: true, mode: 'approve', breadth: 'category' },
    { id: 'ask-when-serious', severity: ['HIGH', 'CRITICAL'], mode: 'approve' },
  ],
  protect: { principals: ['break-glass*', '*deploy*'] },
  approval: { hours: 24, twoPersons: 'edits' },
});

export default policy;
