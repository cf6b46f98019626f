import { DAY_MS, dayOf, type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import type { Member, StorySetting } from '../organization.ts';

/** Hands out the times of an intruder's calls, one after another. */
export interface Pace {
  /** Time of the last call, or where the story begins. */
  now(): EpochMs;
  /** Time of the next call. */
  next(): EpochMs;
  /** Lets time go by between steps. */
  rest(ms: number): void;
}

/** No story but a slow one takes longer, in days. */
export const STORY_DAYS = 8;

/** Calls in a working hour of an ordinary active day, on average. */
export function hourlyCalls({ callsPerActiveDay, hours: [from, to] }: Member): number {
  return callsPerActiveDay / Math.max(1, to - from);
}

/**
 * The times of a story at its loudness.
 *
 * Loud calls follow one another in seconds, whenever they begin. Medium ones come at one to three times the victim's own
 * hourly rate. Quiet ones stay below that rate and inside the victim's hours, so they may take days.
 */
export function paceOf(setting: StorySetting): Pace {
  const { victim, at, loudness, random } = setting;
  const hourly = hourlyCalls(victim);
  let now = at;
  if (loudness === 'quiet') return quietPace(setting);

  const haste = 1 + random.float() * 2;
  const meanGap =
    loudness === 'loud'
      ? (1.5 + random.float() * 5) * SECOND_MS
      : between(10 * SECOND_MS, HOUR_MS / (hourly * haste), 25 * MINUTE_MS);
  return {
    now: () => now,
    next() {
      now += SECOND_MS + random.wait(meanGap);
      return now;
    },
    rest(ms) {
      now += ms;
    },
  };
}

/**
 * Time is kept on an axis of working hours only, which has neither nights nor, for people, weekends.
 *
 * A victim of few calls, or one that leaves soon, would make a story endless: gaps have an upper bound that lets it end.
 */
function quietPace({ victim, at, random, organization }: StorySetting): Pace {
  const hours = workingHours(victim, organization.start);
  const share = 0.35 + random.float() * 0.25;
  const end = organization.start + Math.min(organization.days, victim.leaves) * DAY_MS;
  // two of seven days may be free, and some time has to be left
  const workingDays = between(0.4, (0.6 * (end - at)) / DAY_MS, 0.6 * STORY_DAYS);
  const meanGap = between(
    Math.min(5 * MINUTE_MS, hours.spanMs / 8),
    hours.spanMs / (victim.callsPerActiveDay * share),
    (hours.spanMs * workingDays) / 24,
  );
  let now = hours.notBefore(at);
  return {
    now: () => now,
    next() {
      now = hours.after(now, random.wait(meanGap * 0.7) + meanGap * 0.3);
      return now;
    },
    rest(ms) {
      now = hours.after(now, Math.min(ms, (hours.spanMs * workingDays) / 12));
    },
  };
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** Working time of a member: which moment is the next it works at, and which lies so many working milliseconds ahead. */
export function workingHours(member: Member, worldStart: EpochMs) {
  const [from, to] = member.hours;
  const spanMs = Math.min(to - from, 24) * HOUR_MS;
  const restsOnWeekends = member.kind === 'person' || member.kind === 'pipeline';
  const firstFree = worldStart + member.leaves * DAY_MS;

  function opening(day: number): EpochMs {
    return day * DAY_MS + from * HOUR_MS;
  }
  function works(day: number): boolean {
    // 1970-01-01 was a Thursday
    const weekday = (day + 4) % 7;
    return !restsOnWeekends || (weekday !== 0 && weekday !== 6);
  }
  /** The working day whose hours hold the time, else the next one. */
  function dayFrom(time: EpochMs): number {
    let day = dayOf(time - from * HOUR_MS);
    const late = time >= opening(day) + spanMs || !works(day);
    if (late) day++;
    while (late && !works(day) && opening(day) < firstFree) day++;
    return day;
  }
  function notBefore(time: EpochMs): EpochMs {
    return Math.max(time, opening(dayFrom(time)));
  }
  return {
    spanMs,
    notBefore,
    after(time: EpochMs, workingMs: number): EpochMs {
      let now = notBefore(time);
      let left = workingMs;
      for (;;) {
        const end = opening(dayOf(now - from * HOUR_MS)) + spanMs;
        if (now + left < end) return now + left;
        left -= end - now;
        now = notBefore(end);
      }
    },
    /** Where the working day begins that holds the time, else the next one. */
    opens: (time: EpochMs) => opening(dayFrom(time)),
    /** Whether the time lies inside the member's hours of a day that it works on. */
    holds: (time: EpochMs) => notBefore(time) === time,
  };
}
