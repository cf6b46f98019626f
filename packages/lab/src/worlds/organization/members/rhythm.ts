import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { Random } from '../../../random.ts';
import type { Rhythm } from '../pools/pool.ts';

type Hours = readonly number[];

const each = (share: (hour: number) => number): Hours => Array.from({ length: 24 }, (_, hour) => share(hour));

/** Share of a day per local hour. */
const SHARES: Readonly<Record<Rhythm, Hours>> = {
  audience: [2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 10, 9, 8, 8, 9, 10, 12, 13, 12, 9, 6, 4],
  even: each(() => 1),
  hourly: each(() => 1),
  nightly: each((hour) => (hour === 2 || hour === 3 ? 1 : 0)),
  office: each((hour) => (hour >= 8 && hour < 18 ? 1 : 0.05)),
  bursts: each((hour) => (hour % 6 === 1 ? 4 : 0.4)),
};

/** Share of a weekday's work that is done on a weekend day. */
export const WEEKEND: Readonly<Record<Rhythm, number>> = {
  audience: 0.85,
  even: 1,
  hourly: 1,
  nightly: 1,
  office: 0.12,
  bursts: 0.7,
};

/** Share of each UTC hour, adding up to one. */
export function hoursOf(rhythm: Rhythm, utcOffsetHours: number): Hours {
  const local = SHARES[rhythm];
  const whole = local.reduce((sum, share) => sum + share, 0);
  return local.map((_, hour) => (local[(hour + Math.floor(utcOffsetHours) + 24) % 24] ?? 0) / whole);
}

/** Moments between two times, `perDay` on a whole day, more of them in busy hours. */
export function momentsIn(hours: Hours, perDay: number, from: EpochMs, until: EpochMs, random: Random): EpochMs[] {
  const moments: EpochMs[] = [];
  for (let begins = from; begins < until; ) {
    const ends = Math.min(until, (Math.floor(begins / HOUR_MS) + 1) * HOUR_MS);
    const share = hours[Math.floor(begins / HOUR_MS) % 24] ?? 0;
    const count = random.count((perDay * share * (ends - begins)) / HOUR_MS);
    for (let left = count; left > 0; left--) moments.push(begins + random.float() * (ends - begins));
    begins = ends;
  }
  return moments;
}
