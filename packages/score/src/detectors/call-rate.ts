import { type ActivityDelta, type CountMemory, countPrior, expectCount, type Sighting } from '@portcullis/baseline';
import { DAY_MS, dayOf, epochStart } from '@portcullis/event';
import { negativeBinomialTail } from '../count-tail.ts';
import type { Detector, Finding, Knowledge } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { MAX_BITS } from '../novelty.ts';
import { formatCount, plural } from '../usual.ts';

interface Window {
  readonly value: 'calls per hour' | 'calls per day';
  readonly noun: 'hour' | 'day';
  readonly prior: 'hourly' | 'daily';
  readonly perDay: number;
}

const HOUR: Window = { value: 'calls per hour', noun: 'hour', prior: 'hourly', perDay: 24 };
const DAY: Window = { value: 'calls per day', noun: 'day', prior: 'daily', perDay: 1 };

/**
 * Finds more calls in an hour, or so far in a day, than the actor's own rhythm explains.
 *
 * Judged while the window is open: a burst shows as soon as it crosses the tail.
 */
export const callRate: Detector = {
  id: 'call-rate',
  family: 'how-much',
  about: 'More calls in one hour or one day than this actor, or actors like it, ever need.',
  blindSpots: [
    'abuse within the ordinary rate of the actor',
    'growth of a few per cent a day, which the baseline follows',
    'bursts of actors that burst by nature',
    'events that arrived after their hour was sealed: their hour is counted short',
  ],
  triage: [
    'See which action made the number: one repeated read is a loop or a copy in progress, many different reads are somebody looking around.',
    'Compare with deployments and incidents of that hour: retries after an outage look like this.',
    'Where it reads data, find out how much left and to where; where it starts machines or models, look at the cost.',
    'If it goes on and nobody explains it, cut that action first and ask afterwards.',
  ],
  remedy: [
    'Set quotas and concurrency limits near the real need.',
    'Narrow data access to the prefixes, tables and keys that the actor needs, so that a loop cannot copy everything.',
  ],
  techniques: ['T1530', 'T1213.006', 'T1580', 'T1496'],
  examine(delta, _novel, knowledge) {
    const { own } = knowledge;
    if (own === undefined || delta.late) return [];
    const sameDay = own.lastDay === dayOf(epochStart(delta.epoch));
    const today = delta.events + (sameDay ? own.today : 0);
    return [
      ...judge(HOUR, delta.events, own.hourly, delta, knowledge),
      ...judge(DAY, today, own.daily, delta, knowledge),
    ];
  },
};

function judge(window: Window, count: number, memory: CountMemory, delta: ActivityDelta, known: Knowledge): Finding[] {
  const expected = expectCount(memory, countPrior(window.prior, known.peers, known.account));
  const tail = negativeBinomialTail(count, expected.mean, expected.dispersion) / Math.LN2;
  if (tail === 0) return [];
  const bits = tail - Math.log2(expected.activeShare) - Math.log2(window.perDay);
  if (bits <= known.allowanceBits) return [];
  const busiest = mostFrequent(delta);
  if (busiest === undefined) return [];
  return [
    {
      detector: 'call-rate',
      family: 'how-much',
      value: window.value,
      bits: Math.min(MAX_BITS, bits),
      impact: IMPACT.read,
      observed: `${plural(count, 'call')} in one ${window.noun}, ${busiest.value} most often`,
      usual: `about ${formatCount(Math.round(expected.mean))} in an active ${window.noun}`,
      reason: `${(count / expected.mean).toFixed(1)} times the mean of ${plural(Math.round(expected.windows), `active ${window.noun}`)}`,
      techniques: [],
      first: epochStart(delta.epoch),
      last: Math.min(epochStart(delta.epoch) + DAY_MS, lastSeen(delta)),
      count: delta.events,
      witnesses: delta.witnesses,
      always: false,
    },
  ];
}

function mostFrequent(delta: ActivityDelta): Sighting | undefined {
  let most: Sighting | undefined;
  for (const sighting of delta.sightings.action.list) {
    const more = most === undefined || sighting.count > most.count;
    if (more || (sighting.count === most?.count && sighting.value < most.value)) most = sighting;
  }
  return most;
}

function lastSeen(delta: ActivityDelta): number {
  return Math.max(...delta.sightings.action.list.map(({ last }) => last));
}
