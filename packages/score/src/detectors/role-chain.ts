import type { Detector } from '../detector.ts';
import { techniquesOf } from '../techniques.ts';
import { ASSUME_ROLE } from './new-target.ts';
import { newValue, worstAction } from './new-value.ts';

/** A role taken up is as harmful as what it may do, of which nothing is known here. */
const IMPACT_OF_ROLE = 1.3;

/** Finds roles that the actor never took up before: the next link of a chain. */
export const roleChain: Detector = {
  id: 'role-chain',
  family: 'what',
  about: 'A role taken up that this actor has never assumed: the step from one identity to the next.',
  blindSpots: [
    'roles that the actor assumes anyway, and those it tried in vain, which new-action and denied-rate look at',
    'what is done in the new session: it counts for the role that was assumed',
    'roles assumed from another account, which the account of the caller does not record here',
  ],
  triage: [
    'Find out what the role may do, and list everything done in the new session: its key id is in the answer to the call.',
    'Look whether the session went on to assume further roles.',
    'If nobody planned it, revoke the sessions of the role issued since, then those of the caller.',
  ],
  remedy: [
    'Name in the trust policy of the role who may assume it, with conditions (source identity, MFA, aws:PrincipalOrgID).',
    'Keep roles for administration apart from those that programs use.',
  ],
  techniques: ['T1550.001', 'T1078.004', 'T1548.005'],
  examine({ delta, novel }, knowledge) {
    return novel.target.flatMap((sighting) => {
      const { name } = worstAction(sighting);
      if (name !== ASSUME_ROLE) return [];
      const traits = {
        detector: 'role-chain',
        family: 'what',
        feature: 'target',
        noun: 'role',
        verb: 'assumed',
        impact: IMPACT_OF_ROLE,
        techniques: techniquesOf(name),
      } as const;
      return [newValue(sighting, traits, delta, knowledge)];
    });
  },
};
