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
  examine: (epoch, knowledge) =>
    countRises('call-rate', [{ metric: 'calls', noun: 'calls', impact: IMPACT.read }], epoch, knowledge),
};
