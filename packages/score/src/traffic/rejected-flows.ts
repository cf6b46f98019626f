import type { TrafficDetector } from './traffic-detector.ts';
import { trafficRises } from './traffic-rise.ts';

/** Finds bursts of refused flows that do not come from the internet. */
export const rejectedFlows: TrafficDetector = {
  id: 'rejected-flows',
  family: 'how-much',
  about:
    'Far more flows refused by security groups or network ACLs than usual, of those that this party or its neighbors open.',
  blindSpots: [
    'what the internet knocks with: left out, since it never ends',
    'probing of ports that are open',
    'a rule taken away by its owner looks the same',
  ],
  triage: [
    'See who opened them: this party, or one inside that tries its doors.',
    'Look for a change of security groups or routes shortly before.',
    'Read what the one who opened them did in the same hour.',
  ],
  remedy: ['Keep rules as narrow as they are: refused flows are the first thing that an intruder causes.'],
  techniques: ['T1046'],
  examine: (inHand, knowledge) =>
    trafficRises(
      'rejected-flows',
      { metric: 'rejected', noun: 'refused flows', impact: 0.9, techniques: ['T1046'], least: 5 },
      inHand,
      knowledge,
    ),
};
