import { HOUR_MS, SECOND_MS } from '@portcullis/event';
import type { Random } from '../random.ts';
import type { Caller } from '../record/caller.ts';
import type { Call } from '../record/cloudtrail-record.ts';
import type { Day, SimulatedActor } from '../world.ts';
import { inSequence } from './recorded.ts';

export interface Timetable {
  readonly id: string;
  /** Who calls on that day; credentials may change from day to day. */
  readonly caller: (day: Day) => Caller;
  /** UTC hours of the runs, fractions allowed. */
  readonly hours: readonly number[];
  /** Runs start within this many seconds after the hour. */
  readonly jitterSeconds?: number;
  readonly calls: (random: Random, day: Day) => readonly Call[];
}

/** Something that runs by the clock: a scheduled job, an instance's agent, a service's own rounds. */
export function timetable({ id, caller, hours, jitterSeconds = 60, calls }: Timetable): SimulatedActor {
  return {
    id,
    act(day, random) {
      const today = caller(day);
      return hours.flatMap((hour) => {
        const start = day.start + hour * HOUR_MS + random.float() * jitterSeconds * SECOND_MS;
        return inSequence(today, calls(random, day), start, 2 * SECOND_MS, random);
      });
    },
  };
}

/** Hours of the day, every so many hours from `offset` on. */
export function everyHours(step: number, offset = 0): number[] {
  return Array.from({ length: Math.floor(24 / step) }, (_, index) => offset + index * step);
}
