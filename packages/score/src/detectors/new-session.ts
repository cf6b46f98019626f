import type { Detector } from '../detector.ts';
import { contextImpact, newValue } from './new-value.ts';

/** Finds sessions of a role that are named otherwise than all before. */
export const newSession: Detector = {
  id: 'new-session',
  family: 'who-how',
  about:
    'A session of a role whose name is built otherwise than all names before: typed by hand where programs name them.',
  blindSpots: [
    'the caller chooses the name, and may choose a usual one',
    'identities without sessions, and roles whose sessions have always been named freely',
    'stolen credentials, which keep the name of the session they were stolen from',
  ],
  examine({ delta, novel }, knowledge) {
    // The first session of a new actor is named somehow
    if (knowledge.own === undefined) return [];
    const traits = {
      detector: 'new-session',
      family: 'who-how',
      feature: 'session',
      noun: 'form of session name',
      verb: 'seen',
      impact: contextImpact(delta),
    } as const;
    return novel.session.map((sighting) => newValue(sighting, traits, delta, knowledge));
  },
};
