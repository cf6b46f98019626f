import { DAY_MS, type EpochMs, HOUR_MS, SECOND_MS } from '@portcullis/event';
import type { MemberKind } from '../../organization.ts';
import type { Day } from '../../world.ts';
import { dayIn, type Ground } from './ground.ts';
import { dayOfWorld, type Errand, isPresent, type Resident, type WorkSession } from './resident.ts';

/** An errand and the session it is done in: one that runs anyway, or one begun for it. */
export interface PlannedErrand {
  readonly errand: Errand;
  readonly session: WorkSession;
  readonly begun: boolean;
}

export interface DayPlan {
  readonly sessions: readonly WorkSession[];
  readonly errands: readonly PlannedErrand[];
}

/** Numbers of sessions that are begun for an errand, and of those nobody planned; planned ones count from 0. */
const FOR_ERRANDS = 1100;
const UNPLANNED = 1000;

/** Time that signing in takes before the first work. */
export const SIGNING_IN_MS = 8 * SECOND_MS;

/** How long credentials can be used once their holder has done its work. */
const GOOD_FOR_HOURS: Readonly<Record<MemberKind, number>> = {
  person: 8,
  function: 6,
  pipeline: 1,
  infrastructure: 1,
  instance: 6,
  'scheduled-user': 24,
  scanner: 1,
  service: 24,
};

/** What a resident does on a day; the same whenever asked. */
export function dayPlan(resident: Resident, day: Day): DayPlan {
  if (day.index < resident.joins || day.index >= resident.leaves) return NOTHING;
  const sessions = isPresent(resident, day.index) ? resident.sessionsOn(day) : [];
  const errands = resident.errands
    .filter(({ at }) => at >= day.start && at < day.start + DAY_MS)
    .map((errand, index) => {
      const running = sessions.findLast((session) => isOwn(session) && isOn(session, errand.at));
      return {
        errand,
        session: running ?? resident.sessionAt(errand.at, FOR_ERRANDS + index),
        begun: running === undefined,
      };
    });
  return { sessions, errands };
}

const NOTHING: DayPlan = { sessions: [], errands: [] };

/**
 * The session in use at that moment, or else the last one whose credentials are still good; one of its own accord
 * where there is none. Only sessions of its own account and role.
 */
export function sessionAt({ culture }: Ground, resident: Resident, at: EpochMs): WorkSession {
  const index = dayIn(culture, at);
  const begun = [index - 1, index]
    .filter((day) => day >= 0)
    .flatMap((day) => {
      const { sessions, errands } = dayPlan(resident, dayOfWorld(culture.start, day));
      return [...sessions, ...errands.flatMap((planned) => (planned.begun ? [planned.session] : []))];
    })
    .filter((session) => session.from + SIGNING_IN_MS <= at && isOwn(session));
  return (
    begun.findLast((session) => isOn(session, at)) ??
    begun.findLast(({ from }) => at < from + GOOD_FOR_HOURS[resident.kind] * HOUR_MS) ??
    resident.sessionAt(at, UNPLANNED + (Math.floor(at / HOUR_MS) % 24))
  );
}

function isOn({ from, until }: WorkSession, at: EpochMs): boolean {
  return from + SIGNING_IN_MS <= at && at < until;
}

function isOwn({ viewpoint, elevated }: WorkSession): boolean {
  return viewpoint === undefined && elevated !== true;
}
