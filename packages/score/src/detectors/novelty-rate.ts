import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more first-time values than usual, of whatever feature, each perhaps too small to count by itself. */
export const noveltyRate: Detector = {
  id: 'novelty-rate',
  family: 'how-much',
  about: 'More things done for the first time, of any kind, than this actor usually does.',
  blindSpots: ['one or two new things, however harmful', 'actors that do new things all the time'],
  examine: (epoch, knowledge) =>
    countRises('novelty-rate', [{ metric: 'newValues', noun: 'first times', impact: IMPACT.read }], epoch, knowledge),
};
