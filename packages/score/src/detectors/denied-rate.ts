import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more refused or failed calls than usual: somebody tries what is not allowed, or what is not there. */
export const deniedRate: Detector = {
  id: 'denied-rate',
  family: 'how-much',
  about: 'More calls refused, or failed, than this actor usually has.',
  blindSpots: [
    'intruders who know what they may do',
    'actors whose calls fail all day: a broken deployment looks alike',
    'refused invocations of functions, which AWS does not record',
  ],
  examine: (epoch, knowledge) =>
    countRises(
      'denied-rate',
      [
        { metric: 'denied', noun: 'refused calls', impact: IMPACT.read },
        { metric: 'errors', noun: 'failed calls', impact: IMPACT.read },
      ],
      epoch,
      knowledge,
    ),
};
