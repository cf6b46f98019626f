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
  examine: (epoch, knowledge) =>
    countRises(
      'resource-spread',
      [{ metric: 'resources', noun: 'different things', impact: IMPACT.read }],
      epoch,
      knowledge,
    ),
};
