import { dayOf, epochStart } from '@portcullis/event';
import type { Detector } from '../detector.ts';
import { plural } from '../usual.ts';
import { contextImpact } from './new-value.ts';

/** Silence that weekends and short holidays explain. */
const MIN_SILENCE_DAYS = 5;
/** Days of history below which nothing is known of an actor's pauses. */
const MIN_ACTIVE_DAYS = 2;

/**
 * Finds actors that come back after the longest silence of their life.
 *
 * The score compares the gap with the actor's own longest: log2((gap + 1) / (longest + 1)). It is no
 * probability; calibration makes bits of it.
 */
export const dormantAwake: Detector = {
  id: 'dormant-awake',
  family: 'change',
  about: 'An actor that comes back after a silence far longer than any before.',
  blindSpots: [
    'actors that pause for long by habit: monthly jobs, yearly drills',
    'credentials that were never used at all: they are new actors',
    'silence shorter than the history we have',
  ],
  triage: [
    'Find out why it was silent: a person on leave, a yearly job, a forgotten key.',
    'Look at where the first call came from, and at what it tried first.',
    'Turn a forgotten credential off at once; if something breaks, its owner is found.',
  ],
  remedy: [
    'Turn off keys and roles that were not used for 90 days.',
    'Remove the access of people who left on the day they leave.',
  ],
  techniques: ['T1078.004'],
  examine({ delta }, knowledge) {
    const { own } = knowledge;
    if (own === undefined || own.activeDays < MIN_ACTIVE_DAYS) return [];
    const gap = dayOf(epochStart(delta.epoch)) - own.lastDay - 1;
    if (gap < MIN_SILENCE_DAYS || gap <= own.longestGap) return [];
    const bits = Math.log2((gap + 1) / (own.longestGap + 1));
    const [witness] = delta.sample.witnesses;
    if (witness === undefined) return [];
    return [
      {
        channel: 'dormant-awake',
        detector: 'dormant-awake',
        family: 'change',
        value: 'silence',
        bits,
        impact: contextImpact(delta),
        techniques: ['T1078.004'],
        first: Math.min(...delta.sample.witnesses.map(({ time }) => time)),
        last: Math.max(...delta.sample.witnesses.map(({ time }) => time)),
        count: delta.events,
        witnesses: delta.sample.witnesses,
        always: false,
        tell: () => ({
          observed: `active again after ${plural(gap, 'day')} of silence`,
          usual: `at most ${plural(own.longestGap, 'day')} of silence in ${plural(own.lastDay - own.firstDay + 1, 'day')}`,
          reason: `${((gap + 1) / (own.longestGap + 1)).toFixed(1)} times its longest silence`,
        }),
      },
    ];
  },
};
