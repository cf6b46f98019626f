import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more changes than usual. */
export const changeRate: Detector = {
  id: 'change-rate',
  family: 'how-much',
  about: 'More changes, writes and invocations than this actor usually makes.',
  blindSpots: ['harm done by one call', 'actors that change much by nature, such as deployment pipelines'],
  examine: (epoch, knowledge) =>
    countRises('change-rate', [{ metric: 'changes', noun: 'changes', impact: IMPACT.write }], epoch, knowledge),
};
