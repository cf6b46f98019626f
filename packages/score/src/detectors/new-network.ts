import type { Network } from '@portcullis/event';
import type { Detector } from '../detector.ts';
import { contextImpact, newValue } from './new-value.ts';

const TECHNIQUES = ['T1078.004'];

/** Finds calls from an address prefix, or from a network owner, that the actor never called from. */
export const newNetwork: Detector = {
  id: 'new-network',
  family: 'where',
  about: 'Calls from an address prefix (/24, /48) or a network owner that this actor has never called from.',
  blindSpots: [
    'stolen credentials used from the network of their owner, or through a host inside it',
    'actors that change networks with every run (hosted build machines): each is expected there',
    'another region of the same cloud provider: the owner is the same',
  ],
  triage: [
    'Say whose network it is: an office, a VPN exit, a build provider, or a hosting company nobody here uses.',
    'For a function or instance role, take any address outside AWS as a stolen session until shown otherwise.',
    'For a person, ask them by another channel than the one in doubt, and look whether MFA stood behind the session.',
    'List what else came from that network, by any actor, in the same days.',
    'If it is not theirs, revoke the sessions issued before now and rotate the key.',
  ],
  remedy: [
    'Replace long-lived access keys by roles; what does not exist cannot leak.',
    'Bind roles to where they are used: aws:SourceVpc, aws:SourceIp or aws:Ec2InstanceSourceVpc in their policies.',
    'Require IMDSv2 on instances, and keep credentials out of environment dumps and build logs.',
  ],
  techniques: ['T1078.004', 'T1550.001', 'T1552.005'],
  examine({ delta, novel }, knowledge) {
    if (novel.network.length === 0 && novel.owner.length === 0) return [];
    const shared = { detector: 'new-network', family: 'where', verb: 'used', techniques: TECHNIQUES } as const;
    const impact = contextImpact(delta);
    return [
      ...novel.network.map((sighting) => {
        const [witness] = sighting.witnesses;
        const observed = witness === undefined ? sighting.value : describeNetwork(witness.network);
        const traits = { ...shared, feature: 'network', noun: 'network', impact, observed } as const;
        return newValue(sighting, traits, delta, knowledge);
      }),
      ...novel.owner.map((sighting) => {
        const observed = `network owner ${sighting.value}`;
        const traits = {
          ...shared,
          feature: 'owner',
          noun: 'network owner',
          impact: impact * OWNER_WEIGHT,
          observed,
        } as const;
        return newValue(sighting, traits, delta, knowledge);
      }),
    ];
  },
};

/** A new owner says more than a new prefix: people and build machines change prefixes, rarely providers. */
const OWNER_WEIGHT = 1.5;

/** `203.0.113.0/24 (EXAMPLE-AS, DE)`. */
function describeNetwork({ prefix, owner, country }: Network): string {
  const known = [owner, country].filter((part) => part !== undefined);
  return known.length === 0 ? prefix : `${prefix} (${known.join(', ')})`;
}
