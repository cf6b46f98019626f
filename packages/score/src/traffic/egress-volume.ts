import type { TrafficDetector } from './traffic-detector.ts';
import { trafficRises } from './traffic-rise.ts';

/** Finds parties that send far more to the internet than they do. */
export const egressVolume: TrafficDetector = {
  id: 'egress-volume',
  family: 'how-much',
  about: 'Far more bytes sent to the internet in an hour or a day than this interface, instance or function sends.',
  blindSpots: [
    'what leaves through an endpoint of the VPC, such as a copy to a bucket of another account',
    'little at a time, for weeks',
    'parties whose usual volume dwarfs what is taken',
    'the first day of a party',
  ],
  triage: [
    'See where it went: the peers that are new, then the largest.',
    'Compare with what the role read in the same hours.',
    'Stop the traffic by its security group while you ask.',
  ],
  remedy: [
    'Allow only the destinations that are needed.',
    'Let storage be reached through endpoints whose policies name your accounts.',
  ],
  techniques: ['T1048', 'T1567.002'],
  examine: (inHand, knowledge) =>
    trafficRises(
      'egress-volume',
      { metric: 'egressKb', noun: 'kilobytes to the internet', impact: 1.5, techniques: ['T1048'], least: 1024 },
      inHand,
      knowledge,
    ),
};
