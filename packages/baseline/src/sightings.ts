import type { ActivityEvent, EpochMs } from '@portcullis/event';
import { valueHash } from './value-hash.ts';

/** Earliest events kept per value as its witnesses. */
const MAX_WITNESSES = 4;

/** Values up to which looking through the list beats a map. */
const MAX_LISTED = 16;

/** How often and when one value was seen inside one epoch. */
export interface Sighting {
  readonly value: string;
  /** `valueHash(value)`, under which baselines remember it. */
  readonly hash: number;
  count: number;
  denied: number;
  first: EpochMs;
  last: EpochMs;
  /** The earliest events, by time then id, whatever the order of arrival. */
  readonly witnesses: ActivityEvent[];
}

/** The values of one feature that an actor showed in one epoch; most hours hold a handful. */
export class Sightings {
  /** In order of arrival, which means nothing. */
  readonly list: Sighting[] = [];
  #byValue: Map<string, Sighting> | undefined;

  find(value: string): Sighting | undefined {
    if (this.#byValue !== undefined) return this.#byValue.get(value);
    for (const sighting of this.list) if (sighting.value === value) return sighting;
    return undefined;
  }

  /** Hot path: counts one event under a value. */
  see(value: string, event: ActivityEvent): void {
    const sighting = this.find(value);
    const denied = event.outcome === 'denied' ? 1 : 0;
    const { time } = event;
    if (sighting === undefined) {
      this.#add({ value, hash: valueHash(value), count: 1, denied, first: time, last: time, witnesses: [event] });
      return;
    }
    sighting.count += 1;
    sighting.denied += denied;
    if (time < sighting.first) sighting.first = time;
    if (time > sighting.last) sighting.last = time;
    keepEarliest(sighting.witnesses, event);
  }

  /** Adds what others saw, as if it had been seen here. */
  merge(others: Sightings): void {
    for (const other of others.list) {
      const known = this.find(other.value);
      if (known === undefined) {
        this.#add({ ...other, witnesses: [...other.witnesses] });
        continue;
      }
      known.count += other.count;
      known.denied += other.denied;
      known.first = Math.min(known.first, other.first);
      known.last = Math.max(known.last, other.last);
      for (const event of other.witnesses) keepEarliest(known.witnesses, event);
    }
  }

  #add(sighting: Sighting): void {
    this.list.push(sighting);
    if (this.#byValue !== undefined) this.#byValue.set(sighting.value, sighting);
    else if (this.list.length > MAX_LISTED) this.#byValue = new Map(this.list.map((known) => [known.value, known]));
  }
}

function keepEarliest(witnesses: ActivityEvent[], event: ActivityEvent): void {
  const latest = witnesses[witnesses.length - 1];
  if (witnesses.length === MAX_WITNESSES && latest !== undefined && !isEarlier(event, latest)) return;
  let at = witnesses.length;
  for (; at > 0; at--) {
    const before = witnesses[at - 1];
    if (before !== undefined && !isEarlier(event, before)) break;
  }
  witnesses.splice(at, 0, event);
  if (witnesses.length > MAX_WITNESSES) witnesses.pop();
}

function isEarlier(a: ActivityEvent, b: ActivityEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
