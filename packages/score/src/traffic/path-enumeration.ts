import type { TrafficDetector } from './traffic-detector.ts';
import { trafficRises } from './traffic-rise.ts';

/** Finds one asker that goes through more different paths than any ever did. */
export const pathEnumeration: TrafficDetector = {
  id: 'path-enumeration',
  family: 'how-much',
  about:
    'One caller or address that asks an API for far more different paths than any asker of it does, answered or refused.',
  blindSpots: [
    'many addresses that ask for a few each',
    'identifiers that are told in the body or the query, not in the path',
    'APIs that have an asker that reads everything, such as an export',
  ],
  triage: [
    'See whether the paths count up: /orders/17, /orders/18 is somebody reading what is not theirs.',
    'See what was answered with success, and whom that belongs to.',
    'Block the address or the caller.',
  ],
  remedy: [
    'Check with each request that what is asked for belongs to who asks.',
    'Use identifiers that cannot be guessed.',
  ],
  techniques: ['T1119', 'T1595.003'],
  examine: (inHand, knowledge) => [
    ...trafficRises(
      'path-enumeration',
      { metric: 'readPaths', noun: 'different paths read by one asker', impact: 1.5, techniques: ['T1119'], least: 20 },
      inHand,
      knowledge,
    ),
    ...trafficRises(
      'path-enumeration',
      {
        metric: 'probedPaths',
        noun: 'different paths probed by one asker',
        impact: 0.9,
        techniques: ['T1595.003'],
        least: 20,
      },
      inHand,
      knowledge,
    ),
  ],
};
