import type { TrafficDetector } from './traffic-detector.ts';
import { trafficRises } from './traffic-rise.ts';

/** Finds parties that open connections to far more private addresses than they do. */
export const internalFanOut: TrafficDetector = {
  id: 'internal-fan-out',
  family: 'how-much',
  about:
    'Connections opened, or tried, to far more private addresses than this interface, instance or function talks to.',
  blindSpots: [
    'one more host at a time',
    'hosts reached through a load balancer or a proxy: one address for all',
    'parties that talk to everything, such as scanners and monitors',
    'interfaces whose own address does not show yet: two peers are needed, or the column flow-direction',
  ],
  triage: [
    'See which ports it asked for: administration and databases are what an intruder looks for.',
    'Say whether a scanner or an inventory runs there.',
    'Look at what the hosts that answered did since.',
  ],
  remedy: [
    'Let security groups name the groups that may come in, not address ranges.',
    'Keep workloads that never talk to each other in subnets of their own.',
  ],
  techniques: ['T1046', 'T1021'],
  examine: (inHand, knowledge) =>
    trafficRises(
      'internal-fan-out',
      { metric: 'internalPeers', noun: 'private addresses', impact: 1.4, techniques: ['T1046'], least: 5 },
      inHand,
      knowledge,
    ),
};
