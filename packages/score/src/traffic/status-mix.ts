import type { TrafficDetector } from './traffic-detector.ts';
import { trafficRises } from './traffic-rise.ts';

/** Finds APIs that refuse, or fail, far more requests than they do. */
export const statusMix: TrafficDetector = {
  id: 'status-mix',
  family: 'how-much',
  about: 'Far more requests that an API refuses, cannot find or fails at than usual, or far more of all.',
  blindSpots: [
    'attacks that succeed at once',
    'public APIs that strangers knock at all day: the burst must exceed that',
    'errors that the code reports with status 200',
  ],
  triage: [
    'See who asks: one address or key is somebody trying, all of them a fault of yours.',
    'See whether the API was deployed shortly before.',
    'Throttle or block who causes it.',
  ],
  remedy: ['Throttle by key and address.', 'Put a web application firewall before public APIs.'],
  techniques: ['T1110', 'T1190', 'T1499.003'],
  examine: (inHand, knowledge) =>
    (
      [
        { metric: 'refused', noun: 'refused requests', impact: 0.9, techniques: ['T1110'], least: 10 },
        { metric: 'clientErrors', noun: 'requests in error', impact: 0.6, techniques: ['T1190'], least: 20 },
        { metric: 'serverErrors', noun: 'failures', impact: 0.6, techniques: ['T1190'], least: 10 },
        { metric: 'requests', noun: 'requests', impact: 0.6, techniques: ['T1499.003'], least: 50 },
      ] as const
    ).flatMap((watched) => trafficRises('status-mix', watched, inHand, knowledge)),
};
