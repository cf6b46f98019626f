import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more refused or failed calls than usual: somebody tries what is not allowed, or what is not there. */
export const deniedRate: Detector = {
  id: 'denied-rate',
  family: 'how-much',
  about: 'More calls refused, or failed, than this actor usually has.',
  blindSpots: [
    'intruders who know what they may do',
    'actors whose calls fail all day: a broken deployment looks alike',
    'refused invocations of functions, which AWS does not record',
  ],
  triage: [
    'See which actions were refused: a row of different ones is somebody trying doors, one alone is mostly a broken deployment.',
    'Look at what went through in between.',
    'If the caller is not explained, revoke its sessions before it finds a door that opens.',
  ],
  remedy: [
    'Fix what fails all day, so that refusals stand out.',
    'Take enumeration rights out of roles that do not need them.',
  ],
  techniques: ['T1580', 'T1087.004', 'T1526'],
  examine: (epoch, knowledge) =>
    countRises(
      'denied-rate',
      [
        { metric: 'denied', noun: 'refused calls', impact: IMPACT.read },
        { metric: 'errors', noun: 'failed calls', impact: IMPACT.read },
      ],
      epoch,
      knowledge,
    ),
};
