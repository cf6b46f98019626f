import type { TrafficDetector } from './traffic-detector.ts';
import { newTraffic } from './traffic-novelty.ts';

/** Finds peers on the internet that a party begins to contact at even intervals. */
export const beaconing: TrafficDetector = {
  id: 'beaconing',
  family: 'who-how',
  about:
    'A peer on the internet that is contacted at even intervals of two minutes to a quarter of an hour, as none or only others were.',
  blindSpots: [
    'intervals longer than a quarter of an hour, or spread by more than a minute and a half or a third',
    'intervals shorter than two windows of aggregation: logs of ten minutes show none of two',
    'regular contact with a network that is contacted regularly anyway, such as a monitoring service',
    'connections that stay open',
  ],
  triage: [
    'Say what runs there on a timer: agents, health checks, pollers.',
    'Look at the size of the contacts: small and alike is a beacon, growing is work.',
    'Isolate the interface if nobody knows the peer, and keep the machine for a look at its memory.',
  ],
  remedy: ['Allow only the destinations that are needed.', 'Watch the names that are resolved, too.'],
  techniques: ['T1071.001', 'T1573'],
  examine: (inHand, knowledge) =>
    newTraffic(
      {
        detector: 'beaconing',
        family: 'who-how',
        feature: 'regular',
        noun: 'at even intervals to',
        impact: 1.4,
        techniques: ['T1071.001'],
      },
      inHand,
      knowledge,
    ),
};
