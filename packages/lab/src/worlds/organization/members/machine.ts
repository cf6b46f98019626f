import type { EpochMs } from '@portcullis/event';
import type { Random } from '../../../random.ts';
import type { Resident, WorkSession } from '../resident.ts';

type Given =
  | 'id'
  | 'kind'
  | 'viewpoint'
  | 'principalName'
  | 'hours'
  | 'callsPerActiveDay'
  | 'tasks'
  | 'sessionsOn'
  | 'sessionAt'
  | 'enter';

/** A resident that works by itself: always there, never curious, with what else differs. */
export function machine(days: number, given: Pick<Resident, Given> & Partial<Resident>): Resident {
  return {
    cadence: 'daily',
    joins: 0,
    leaves: days,
    errands: [],
    surges: [],
    absences: [],
    curiosity: 0,
    wander: () => ({ weight: 1, steps: [] }),
    gapMs: 700,
    opening: () => [],
    moments: evenly,
    ...given,
  };
}

/** At any time of the session. */
export function evenly({ from, until, tasks }: WorkSession, random: Random): readonly EpochMs[] {
  return Array.from({ length: random.count(tasks) }, () => from + 3000 + random.float() * (until - from - 3000));
}
