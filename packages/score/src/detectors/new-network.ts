import type { ActivityDelta, Feature, Sighting } from '@portcullis/baseline';
import type { Network } from '@portcullis/event';
import type { Detector, Finding, Knowledge } from '../detector.ts';
import { impactOf } from '../impact.ts';
import { describeNovelty, judgeNovelty } from '../novelty.ts';
import { describeUsual } from '../usual.ts';

/**
 * Where somebody calls from harms nobody: context weighs at most like reading data. Without the cap
 * each new address of a role whose daily work is permissions or code would alert.
 */
const MAX_CONTEXT_IMPACT = 1;

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
  examine(delta, novel, knowledge) {
    return [
      ...novel.network.flatMap((sighting) => judge('network', sighting, delta, knowledge)),
      ...novel.owner.flatMap((sighting) => judge('owner', sighting, delta, knowledge)),
    ];
  },
};

function judge(feature: Feature, sighting: Sighting, delta: ActivityDelta, knowledge: Knowledge): Finding[] {
  const [witness] = sighting.witnesses;
  if (witness === undefined) return [];
  const novelty = judgeNovelty(feature, sighting, knowledge);
  if (novelty.bits <= knowledge.allowanceBits) return [];
  const noun = feature === 'network' ? 'network' : 'network owner';
  return [
    {
      detector: 'new-network',
      family: 'where',
      value: sighting.value,
      bits: novelty.bits,
      impact: Math.min(MAX_CONTEXT_IMPACT, largestImpact(delta)),
      observed: feature === 'network' ? describeNetwork(witness.network) : `network owner ${sighting.value}`,
      usual: describeUsual(feature, noun, knowledge),
      reason: `${noun} ${describeNovelty(delta.actor.kind, 'used', novelty)}`,
      techniques: ['T1078.004'],
      first: sighting.first,
      last: sighting.last,
      count: sighting.count,
      witnesses: sighting.witnesses,
      always: false,
    },
  ];
}

/** What was done from everywhere in this hour: a network is as harmful as what comes from it. */
function largestImpact(delta: ActivityDelta): number {
  let largest = 0;
  for (const { action } of delta.sightings.action.list) {
    if (action !== undefined) largest = Math.max(largest, impactOf(action));
  }
  return largest;
}

/** `203.0.113.0/24 (EXAMPLE-AS, DE)`. */
function describeNetwork({ prefix, owner, country }: Network): string {
  const known = [owner, country].filter((part) => part !== undefined);
  return known.length === 0 ? prefix : `${prefix} (${known.join(', ')})`;
}
