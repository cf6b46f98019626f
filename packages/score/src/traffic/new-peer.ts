import type { TrafficDetector } from './traffic-detector.ts';
import { newTraffic } from './traffic-novelty.ts';

const TECHNIQUES = ['T1071', 'T1567'];

/** Finds connections to networks, owners, countries and ports that a network party never opened any to. */
export const newPeer: TrafficDetector = {
  id: 'new-peer',
  family: 'where',
  about:
    'Connections opened to a network (/24, /48), network owner, country, port or private address that this interface, instance or function never connected to.',
  blindSpots: [
    'whatever goes through a network that is usual: a large cloud, a content network, a proxy, an endpoint of the VPC',
    'traffic that flow logs leave out: the DNS server of the VPC, instance metadata, DHCP',
    'which of the functions that share an interface opened the connection',
    'names: a flow has addresses only',
  ],
  triage: [
    'Say whose network it is, and whether a dependency of yours moved there.',
    'See how much went there, and what the same hour of CloudTrail says of the role behind it.',
    'Isolate the interface by a security group without rules if nobody knows the peer.',
  ],
  remedy: [
    'Let security groups and a firewall allow the few destinations that are needed.',
    'Reach AWS through VPC endpoints with policies, so that nothing else needs the internet.',
  ],
  techniques: TECHNIQUES,
  examine(inHand, knowledge) {
    const shared = { detector: 'new-peer', techniques: TECHNIQUES } as const;
    return [
      ...newTraffic({ ...shared, family: 'where', feature: 'prefix', noun: 'network', impact: 0.8 }, inHand, knowledge),
      ...newTraffic(
        { ...shared, family: 'where', feature: 'owner', noun: 'network owner', impact: 1.2 },
        inHand,
        knowledge,
      ),
      ...newTraffic({ ...shared, family: 'where', feature: 'country', noun: 'country', impact: 1 }, inHand, knowledge),
      ...newTraffic({ ...shared, family: 'what', feature: 'port', noun: 'port', impact: 1 }, inHand, knowledge),
      ...newTraffic(
        { ...shared, family: 'which', feature: 'internal', noun: 'inside', impact: 0.8 },
        inHand,
        knowledge,
      ),
    ];
  },
};
