import type { Detector } from '../detector.ts';
import { newValue, worstAction } from './new-value.ts';

/** A service alone says less than the actions in it, which count by themselves. */
const MAX_IMPACT = 1;

/** Finds calls to a service that the actor never called before. */
export const newService: Detector = {
  id: 'new-service',
  family: 'what',
  about: 'An AWS service that this actor has never called.',
  blindSpots: [
    'abuse within the services that the actor uses',
    'a service that everybody begins to use at once costs few bits after the first few',
  ],
  triage: [
    'Look at which calls went to the service, and whether any changed something.',
    'Ask whether a deployment or a trial explains it: others of the team follow within days if so.',
    'If nobody stands up for it, cut the actions as the plan says.',
  ],
  remedy: [
    'Deny services and regions that the organization does not use by a service control policy.',
    'Take services out of the role that it never calls.',
  ],
  techniques: ['T1526', 'T1580', 'T1496'],
  examine({ delta, novel }, knowledge) {
    return novel.service.map((sighting) => {
      const impact = Math.min(MAX_IMPACT, worstAction(sighting).impact);
      const traits = {
        detector: 'new-service',
        family: 'what',
        feature: 'service',
        noun: 'service',
        verb: 'called',
        impact,
      } as const;
      return newValue(sighting, traits, delta, knowledge);
    });
  },
};
