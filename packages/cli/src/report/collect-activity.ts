import { DAY_MS, type EpochIndex, epochStart, HOUR_MS } from '@portcullis/event';
import type { SealedActivity } from '@portcullis/pipeline';
import type { HourOfEvents, Rhythm } from './report-input.ts';

const HOURS_PER_DAY = 24;
const HOURS_PER_WEEK = 7 * HOURS_PER_DAY;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const FIRST_WEEKDAY = 3;

export interface CollectedActivity {
  onSealed(epoch: EpochIndex, activity: Iterable<SealedActivity>): void;
  /** Ascending. */
  hours(): readonly HourOfEvents[];
  readonly rhythms: ReadonlyMap<string, Rhythm>;
}

/**
 * Counts events by hour, and by actor and hour of the week: 168 counters an actor.
 *
 * A session of a shared role counts for the role too, under which it is judged when there are too many of them.
 */
export function collectActivity(): CollectedActivity {
  const hours = new Map<EpochIndex, number>();
  const rhythms = new Map<string, Rhythm>();
  const count = (actorId: string, hour: number, events: number) => {
    const rhythm = rhythms.get(actorId) ?? new Uint32Array(HOURS_PER_WEEK);
    rhythm[hour] = (rhythm[hour] ?? 0) + events;
    rhythms.set(actorId, rhythm);
  };
  return {
    onSealed(epoch, activity) {
      const hour = hourOfWeek(epochStart(epoch));
      for (const { actor, events } of activity) {
        hours.set(epoch, (hours.get(epoch) ?? 0) + events);
        count(actor.id, hour, events);
        if (actor.sharedRole !== undefined) count(actor.sharedRole.id, hour, events);
      }
    },
    hours: () => [...hours].sort(([a], [b]) => a - b).map(([epoch, events]) => ({ epoch, events })),
    rhythms,
  };
}

/** Hours since Monday, 00:00 UTC. */
export function hourOfWeek(time: number): number {
  const weekday = (Math.floor(time / DAY_MS) + FIRST_WEEKDAY) % 7;
  return weekday * HOURS_PER_DAY + (Math.floor(time / HOUR_MS) % HOURS_PER_DAY);
}
