import type { PlannedWork, Trouble } from '../../../organization.ts';
import { randomStream } from '../../../random.ts';
import type { Ground } from '../ground.ts';
import type { Population } from '../population.ts';
import { everybody } from '../population.ts';
import { DEPLOYMENTS } from './deployments.ts';
import { FLEET_CHANGES } from './fleet-changes.ts';
import { INCIDENTS } from './incidents.ts';
import { MACHINE_CHANGES } from './machine-changes.ts';
import { MONTH_ENDS } from './month-ends.ts';
import { NEW_SURROUNDINGS } from './new-surroundings.ts';
import { STAFF_CHANGES } from './staff-changes.ts';
import type { Turn } from './trouble.ts';

/** Those that decide who is there and what they do come before those that multiply it. */
const SOURCES = [
  ...STAFF_CHANGES,
  ...DEPLOYMENTS,
  ...FLEET_CHANGES,
  ...MACHINE_CHANGES,
  ...NEW_SURROUNDINGS,
  ...INCIDENTS,
];

export const TROUBLE_KINDS: readonly string[] = [...SOURCES, MONTH_ENDS].map(({ kind }) => kind);

/** Draws what happens to an organization, and changes its members accordingly. */
export function drawTroubles(ground: Ground, population: Population) {
  const { half, seed, days } = ground.culture;
  const troubles: Trouble[] = [];
  const planned: PlannedWork[] = [];
  const members = everybody(population).length;
  for (const source of SOURCES) {
    const turn: Turn = {
      ground,
      population,
      random: randomStream('trouble', half, seed, source.kind),
      troubles,
      planned,
    };
    const mean = source.often * (days / 100) * (source.per === 'organization' ? 1 : members / 100);
    for (let left = turn.random.count(mean); left > 0; left--) source.happen(turn);
  }
  MONTH_ENDS.happen({
    ground,
    population,
    random: randomStream('trouble', half, seed, MONTH_ENDS.kind),
    troubles,
    planned,
  });
  return {
    troubles: troubles.toSorted((a, b) => a.from - b.from),
    planned: planned.toSorted((a, b) => a.from - b.from),
  };
}
