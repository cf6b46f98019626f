import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more content read than usual: more often, from more things, from more things never read before. */
export const dataRate: Detector = {
  id: 'data-rate',
  family: 'how-much',
  about: 'More secrets, tables, buckets or keys read, or read more often, than this actor usually does.',
  blindSpots: [
    'reading spread over weeks within the usual rate',
    'how much one call returns: CloudTrail does not say for most',
    'data events that the trail does not select',
  ],
  examine: (epoch, knowledge) =>
    countRises(
      'data-rate',
      [
        { metric: 'dataReads', noun: 'reads of content', impact: IMPACT.readData },
        { metric: 'dataResources', noun: 'things whose content was read', impact: 1.5 * IMPACT.readData },
        { metric: 'newData', noun: 'things whose content was never read before', impact: 1.5 * IMPACT.readData },
      ],
      epoch,
      knowledge,
    ),
};
