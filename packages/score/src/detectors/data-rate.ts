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
  triage: [
    'Find out how much left and to where: S3 server access logs and VPC flow logs tell bytes.',
    'See whether it goes through things one by one: a copy in progress does.',
    'Cut reading for the actor first if it goes on, and ask afterwards.',
  ],
  remedy: [
    'Scope reading to the prefixes, tables and secrets that the actor needs.',
    'Turn on data events for what must not be copied.',
  ],
  techniques: ['T1530', 'T1555.006', 'T1213.006'],
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
