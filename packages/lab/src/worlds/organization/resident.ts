import { DAY_MS, type EpochMs } from '@portcullis/event';
import type { Member, MemberKind } from '../../organization.ts';
import type { Random } from '../../random.ts';
import type { Caller, Client } from '../../record/caller.ts';
import type { Call } from '../../record/cloudtrail-record.ts';
import type { Day } from '../../world.ts';
import type { Viewpoint } from './estate.ts';
import type { Task } from './task.ts';

/** Credentials in use over some hours: one sign-in, one run, one environment, one day of a key. */
export interface WorkSession {
  /** Names it among all sessions of its member, with the day. */
  readonly day: number;
  readonly number: number;
  readonly from: EpochMs;
  /** Work ends here; credentials are good until then. */
  readonly until: EpochMs;
  readonly client: Client;
  /** Tasks begun in it, on average. */
  readonly tasks: number;
  /** Done in this order in place of any draw. */
  readonly script?: readonly Task[];
  /** In place of the member's own tasks. */
  readonly work?: readonly Task[];
  /** Another account or other things than the member's own. */
  readonly viewpoint?: Viewpoint;
  readonly console?: boolean;
  /** Under a role that the member takes up for privileged work. */
  readonly elevated?: boolean;
}

/** Work outside the common run: an incident, an audit, a migration. */
export interface Errand {
  readonly at: EpochMs;
  readonly tasks: readonly Task[];
  /** Mean time between its tasks. */
  readonly gapMs: number;
}

/** Hours in which a member does far more than usual, at times all of it in vain. */
export interface Surge {
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** Calls an hour on top. */
  readonly perHour: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * A member while the organization is made up: who it is and how its days go.
 *
 * Troubles change its lists before the world begins; from then on nothing changes.
 */
export interface Resident {
  readonly id: string;
  readonly kind: MemberKind;
  readonly viewpoint: Viewpoint;
  readonly principalName: string;
  cadence: Member['cadence'];
  readonly hours: readonly [from: number, to: number];
  readonly callsPerActiveDay: number;
  joins: number;
  leaves: number;
  readonly tasks: Task[];
  readonly errands: Errand[];
  readonly surges: Surge[];
  /** Days on which it does nothing. */
  readonly absences: (readonly [first: number, last: number])[];
  /** Chance that a task is none of its own but something it looks at for once. */
  readonly curiosity: number;
  wander(random: Random): Task;
  /** Mean time between the calls of one task. */
  readonly gapMs: number;
  /** Sessions that begin on a day, in order; the same whenever asked. */
  sessionsOn(day: Day): readonly WorkSession[];
  /** One of its own accord, outside its plan. */
  sessionAt(at: EpochMs, number: number): WorkSession;
  /** The identity of a session, called from `client`. */
  enter(session: WorkSession, client: Client): Caller;
  /** Calls that begin a session, by whoever makes them. */
  opening(session: WorkSession, caller: Caller, random: Random): readonly Opening[];
  /** When the tasks of a session begin. */
  moments(session: WorkSession, random: Random): readonly EpochMs[];
}

export interface Opening {
  readonly caller: Caller;
  readonly call: Call;
  readonly time: EpochMs;
}

export function dayOfWorld(start: EpochMs, index: number): Day {
  const midnight = start + index * DAY_MS;
  // 1970-01-01 was a Thursday
  return { start: midnight, index, weekday: (Math.floor(midnight / DAY_MS) + 4) % 7 };
}

export function isPresent({ joins, leaves, absences }: Resident, day: number): boolean {
  return day >= joins && day < leaves && !absences.some(([first, last]) => day >= first && day <= last);
}
