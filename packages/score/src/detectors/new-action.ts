import type { Detector } from '../detector.ts';
import { impactOf } from '../impact.ts';
import { techniquesOf } from '../techniques.ts';
import { isTampering } from './log-tampering.ts';
import { newValue } from './new-value.ts';

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
  examine({ delta, novel }, knowledge) {
    return novel.action.flatMap((sighting) => {
      const { of, value } = sighting;
      if (of === undefined || !('effect' in of) || isTampering(value)) return [];
      const refused = sighting.denied === sighting.count;
      const impact = impactOf(of);
      const traits = {
        detector: 'new-action',
        family: 'what',
        feature: 'action',
        noun: 'action',
        verb: 'used',
        impact: refused ? Math.min(impact, MAX_DENIED_IMPACT) : impact,
        techniques: techniquesOf(value),
        observed: refused ? `${value} (denied)` : value,
      } as const;
      return [newValue(sighting, traits, delta, knowledge)];
    });
  },
};
