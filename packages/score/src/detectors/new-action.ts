import type { Detector } from '../detector.ts';
import { impactOf } from '../impact.ts';
import { describeNovelty, judgeNovelty } from '../novelty.ts';
import { techniquesOf } from '../techniques.ts';
import { describeUsual } from '../usual.ts';
import { isTampering } from './log-tampering.ts';

/** A refused call did no harm yet; it counts no more than looking at data. */
const MAX_DENIED_IMPACT = 1;

/** Finds actions that the actor never used before; the rarer among its peers and account, the more bits. */
export const newAction: Detector = {
  id: 'new-action',
  family: 'what',
  about: 'An IAM action that this actor has never called.',
  blindSpots: [
    'abuse that uses only actions the actor already uses',
    'an action that all peers use daily costs few bits, even in the wrong hands',
    'calls that CloudTrail does not record (most data events, unless the trail selects them)',
  ],
  triage: [
    'Ask whether a deployment or a change of duties explains it: peers that begin the same action within days do.',
    'Look at what the calls touched and whether they went through: a row of refusals is somebody trying doors.',
    'Follow the access key or session of the first event backwards to where it was issued, and forwards to what else it did.',
    'If nobody stands up for it, cut the action as the plan says and rotate the credential.',
  ],
  remedy: [
    'Take actions out of the role that it never uses: what it may not do cannot be abused.',
    'Give rare administrative work a role of its own that is assumed for the purpose.',
  ],
  techniques: ['T1078.004', 'T1087.004', 'T1098.001', 'T1136.003', 'T1555.006', 'T1648'],
  examine(delta, novel, knowledge) {
    return novel.action.flatMap((sighting) => {
      const { action } = sighting;
      if (action === undefined || isTampering(sighting.value)) return [];
      const novelty = judgeNovelty('action', sighting, knowledge);
      if (novelty.bits <= knowledge.allowanceBits) return [];
      const refused = sighting.denied === sighting.count;
      const impact = impactOf(action);
      return [
        {
          detector: 'new-action',
          family: 'what',
          value: sighting.value,
          bits: novelty.bits,
          impact: refused ? Math.min(impact, MAX_DENIED_IMPACT) : impact,
          observed: refused ? `${sighting.value} (denied)` : sighting.value,
          usual: describeUsual('action', 'action', knowledge),
          reason: describeNovelty(delta.actor.kind, 'used', novelty),
          techniques: techniquesOf(sighting.value),
          first: sighting.first,
          last: sighting.last,
          count: sighting.count,
          witnesses: sighting.witnesses,
          always: false,
        },
      ];
    });
  },
};
