import type { Detector } from '../detector.ts';
import { techniquesOf } from '../techniques.ts';
import { newValue, worstAction } from './new-value.ts';

/** People read something new every other day; one thing alone weighs less than the action it was read with. */
const WEIGHT = 0.7;

/** Finds secrets, tables, buckets and parameters whose content the actor never read. */
export const newData: Detector = {
  id: 'new-data',
  family: 'which',
  about: 'A secret, parameter, table, bucket or key whose content this actor has never read.',
  blindSpots: [
    'other content of a thing that the actor reads anyway: objects of a bucket, rows of a table',
    'data events that the trail does not select',
    'actors that always meet new things: each is expected there',
  ],
  triage: [
    'See whose the thing is: a secret or table of another team is another matter than a new one of the actor’s own.',
    'Look for reads of many such things in the same hours.',
    'If it was a secret, rotate it unless the reader is explained.',
  ],
  remedy: [
    'Scope reading to names, prefixes or tags of the team instead of all.',
    'Encrypt secrets of different teams with different keys, and let key policies decide who reads.',
  ],
  techniques: ['T1555.006', 'T1530', 'T1213.006'],
  examine({ delta, novel }, knowledge) {
    return novel.data.map((sighting) => {
      const { name, impact } = worstAction(sighting);
      const traits = {
        detector: 'new-data',
        family: 'which',
        feature: 'data',
        noun: 'content',
        verb: 'read',
        impact: impact * WEIGHT,
        techniques: techniquesOf(name),
        observed: `${sighting.value} (${name})`,
      } as const;
      return newValue(sighting, traits, delta, knowledge);
    });
  },
};
