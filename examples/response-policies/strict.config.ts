import { defineResponsePolicy } from '@portcullis/config';

/**
 * Narrow cuts without asking where an alert is serious and the actor well known; wider ones at night, when nobody would answer in time.
 * Whatever hands keys back, edits grants or reaches beyond the episode still takes a person.
 */
const policy = defineResponsePolicy({
  rules: [
    { id: 'leave-tagged', tag: { key: 'portcullis', values: ['observe'] }, mode: 'observe' },
    { id: 'confirmed-theft', confirmed: true, mode: 'enforce', breadth: 'everything' },
    {
      id: 'critical-at-night',
      severity: ['CRITICAL'],
      hours: { from: '19:00', to: '07:00' },
      mode: 'enforce',
      breadth: 'category',
    },
    { id: 'critical', severity: ['CRITICAL'], mode: 'enforce' },
    { id: 'high-and-known', severity: ['HIGH'], confidence: ['medium', 'high'], mode: 'enforce', delayMinutes: 5 },
    { id: 'ask-otherwise', severity: ['HIGH', 'MEDIUM'], mode: 'approve' },
  ],
  protect: { principals: ['break-glass*'], approvalOnly: ['*deploy*', '*terraform*'] },
  brakes: { actsPerHour: 20, actsPerHourAndAccount: 10, shareOfActiveActors: 0.05 },
  lease: { hours: 4, maxDays: 7 },
});

export default policy;
