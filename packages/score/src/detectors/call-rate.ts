import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more calls in an hour, a day or seven days than the actor's own rhythm explains. */
export const callRate: Detector = {
  id: 'call-rate',
  family: 'how-much',
  about: 'More calls in one hour, one day or seven days than this actor, or actors like it, ever need.',
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
  examine: (epoch, knowledge) =>
    countRises('call-rate', [{ metric: 'calls', noun: 'calls', impact: IMPACT.read }], epoch, knowledge),
};
