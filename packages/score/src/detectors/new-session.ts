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
  triage: [
    'See who assumed the role for this session, by its key id, and whether they ever did before.',
    'Look at what the session did beyond the role’s usual work.',
    'If nobody stands up for it, revoke the sessions of the role issued since.',
  ],
  remedy: ['Require a session name or source identity in the trust policy (sts:RoleSessionName, sts:SourceIdentity).'],
  techniques: ['T1550.001', 'T1078.004'],
  examine({ delta, novel }, knowledge) {
    // The first session of a new actor is named somehow
    if (knowledge.own === undefined || novel.session.length === 0) return [];
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
