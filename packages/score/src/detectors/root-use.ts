import type { Detector } from '../detector.ts';
import { contextImpact } from './new-value.ts';

/** Tells of every use of an account's root user, however usual: it can do all, and nothing can be denied to it. */
export const rootUse: Detector = {
  id: 'root-use',
  family: 'who-how',
  about: 'The root user of an account was used: told always, since no policy holds it and daily work never needs it.',
  blindSpots: [
    'what AWS services do on behalf of the root user: they are left out',
    'credentials of the root user that were made and not used yet',
  ],
  triage: [
    'Find out who has the root credentials, and ask each of them.',
    'Look at what was done: root can undo every other control.',
    'If nobody stands up for it, change the password, remove the keys, and call AWS support.',
  ],
  remedy: [
    'Remove the access keys of all root users, and centralize root access in the organization.',
    'Lock the password and the MFA device of the root user away.',
  ],
  techniques: ['T1078.004'],
  examine({ delta }) {
    const { actor } = delta;
    if (!actor.root || actor.via !== undefined || delta.sample.witnesses.length === 0) return [];
    const times = delta.sample.witnesses.map(({ time }) => time);
    return [
      {
        channel: 'root-use',
        detector: 'root-use',
        family: 'who-how',
        value: 'root',
        bits: 0,
        impact: contextImpact(delta),
        techniques: ['T1078.004'],
        first: Math.min(...times),
        last: Math.max(...times),
        count: delta.events,
        witnesses: delta.sample.witnesses,
        always: true,
        tell: () => ({
          observed: `the root user of account ${actor.account}`,
          usual: 'not at all: a root user is for the few tasks that nothing else can do',
          reason: 'told whatever is usual',
        }),
      },
    ];
  },
};
