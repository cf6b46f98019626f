import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more first-time values than usual, of whatever feature, each perhaps too small to count by itself. */
export const noveltyRate: Detector = {
  id: 'novelty-rate',
  family: 'how-much',
  about: 'More things done for the first time, of any kind, than this actor usually does.',
  blindSpots: ['one or two new things, however harmful', 'actors that do new things all the time'],
  triage: [
    'Read the list of first times as a story: looking around, then reading, then changing is an intrusion.',
    'Ask whether the person changed duties, or the program was rebuilt.',
    'If nobody stands up for it, revoke the sessions and rotate the key.',
  ],
  remedy: ['Give new duties a new role, so that an old one never does new things.'],
  techniques: ['T1078.004', 'T1580'],
  examine: (epoch, knowledge) =>
    countRises('novelty-rate', [{ metric: 'newValues', noun: 'first times', impact: IMPACT.read }], epoch, knowledge),
};
