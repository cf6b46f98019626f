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
