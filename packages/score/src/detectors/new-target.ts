import type { Detector } from '../detector.ts';
import { techniquesOf } from '../techniques.ts';
import { newValue, worstAction } from './new-value.ts';

/** What is changed matters less than how: the action counts by itself. */
const WEIGHT = 0.5;
const MAX_IMPACT = 1;

/** The action that role chains are made of; `role-chain` looks at its targets. */
export const ASSUME_ROLE = 'sts:AssumeRole';

/** Finds things that the actor never changed or used before. */
export const newTarget: Detector = {
  id: 'new-target',
  family: 'which',
  about: 'Something changed, started, invoked or written to that this actor has never touched so.',
  blindSpots: [
    'things that the actor works on anyway',
    'actors whose work is making new things, such as deployment pipelines: each is expected there',
    'calls whose request names nothing that we read',
  ],
  triage: [
    'Look at what was done to the thing, and whether it went through.',
    'Compare with deployments: a new resource named like the old ones is a release.',
    'If nobody stands up for it, undo the change and cut the action.',
  ],
  remedy: ['Scope writing to names, prefixes or tags of the team instead of all.'],
  techniques: ['T1578.005', 'T1565', 'T1648'],
  examine({ delta, novel }, knowledge) {
    return novel.target.flatMap((sighting) => {
      const { name, impact } = worstAction(sighting);
      if (name === ASSUME_ROLE) return [];
      const traits = {
        detector: 'new-target',
        family: 'which',
        feature: 'target',
        noun: 'target',
        verb: 'touched',
        impact: Math.min(MAX_IMPACT, impact) * WEIGHT,
        techniques: techniquesOf(name),
        observed: `${sighting.value} (${name})`,
      } as const;
      return [newValue(sighting, traits, delta, knowledge)];
    });
  },
};
