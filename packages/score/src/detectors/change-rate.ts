import type { Detector } from '../detector.ts';
import { IMPACT } from '../impact.ts';
import { countRises } from './count-rise.ts';

/** Finds more changes than usual. */
export const changeRate: Detector = {
  id: 'change-rate',
  family: 'how-much',
  about: 'More changes, writes and invocations than this actor usually makes.',
  blindSpots: ['harm done by one call', 'actors that change much by nature, such as deployment pipelines'],
  triage: [
    'See what was changed, and whether it can be undone from backups.',
    'Compare with deployments and migrations of that hour.',
    'If it destroys, cut the action first and ask afterwards.',
  ],
  remedy: ['Keep deletion apart from daily work: versions, object locks, backups in another account.'],
  techniques: ['T1485', 'T1490', 'T1496'],
  examine: (epoch, knowledge) =>
    countRises('change-rate', [{ metric: 'changes', noun: 'changes', impact: IMPACT.write }], epoch, knowledge),
};
