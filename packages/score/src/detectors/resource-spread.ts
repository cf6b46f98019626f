import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds calls that go through more things than usual: a list, then everything in it. */
export const resourceSpread: Detector = {
  id: 'resource-spread',
  family: 'how-much',
  about: 'More different things looked at, read or changed than this actor usually touches.',
  blindSpots: [
    'enumeration by calls that name nothing: one ListRoles shows all roles',
    'actors that go through everything by nature: scanners, inventories, backups',
  ],
  triage: [
    'See whether the same things were then read or changed.',
    'Ask whether an inventory, a scanner or an audit is under way.',
    'If nobody stands up for it, treat it as the first step of an intrusion and watch the actor.',
  ],
  remedy: ['Take enumeration rights out of roles that do not need them.'],
  techniques: ['T1580', 'T1087.004', 'T1619'],
  examine: (epoch, knowledge) =>
    countRises(
      'resource-spread',
      [{ metric: 'resources', noun: 'different things', impact: IMPACT.read }],
      epoch,
      knowledge,
    ),
};
