import { DAY_MS, dayOf, HOUR_MS } from '@portcullis/event';
import { randomStream } from './random.ts';
import type { Day, SimulatedRecord, World } from './world.ts';

/** A day's work may begin so long before midnight UTC: mornings in the east. */
const EARLY_MS = 6 * HOUR_MS;

/**
 * Runs a world and yields its records in event-time order, ties by event id.
 *
 * The same world and seed give the same records, byte for byte. Holds little more than one day of records at a time.
 */
export function* simulate(world: World, seed: number): Generator<SimulatedRecord> {
  let later: SimulatedRecord[] = [];
  for (let index = 0; index < world.days; index++) {
    const day = dayAt(world, index);
    const known = later;
    for (const actor of world.actors) {
      known.push(...actor.act(day, randomStream(seed, actor.id, index)));
    }
    known.sort(byTime);
    const settled = day.start + DAY_MS - EARLY_MS;
    const next = known.findIndex((simulated) => simulated.time >= settled);
    later = next < 0 ? [] : known.splice(next);
    yield* known;
  }
  yield* later;
}

function dayAt(world: World, index: number): Day {
  const start = world.start + index * DAY_MS;
  // 1970-01-01 was a Thursday
  return { start, index, weekday: (dayOf(start) + 4) % 7 };
}

function byTime(a: SimulatedRecord, b: SimulatedRecord): number {
  return a.time - b.time || (a.record.eventID < b.record.eventID ? -1 : 1);
}
