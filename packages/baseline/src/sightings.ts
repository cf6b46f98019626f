import type { Action, ActivityEvent, EpochMs } from '@portcullis/event';
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
  /** For values of the feature `action`, the action itself. */
  readonly action: Action | undefined;
  /**
   * The earliest events, by time then id, whatever the order of arrival. None for what is usual and
   * harmless: networks and reads that the actor is known for.
   */
  readonly witnesses: ActivityEvent[];
}

const NO_WITNESSES: ActivityEvent[] = [];

/** The values of one feature that an actor showed in one epoch; most hours hold a handful. */
export class Sightings {
  /** In order of arrival, which means nothing. */
  readonly list: Sighting[] = [];
  readonly #known: ReadonlyMap<number, unknown> | undefined;
  #byValue: Map<string, Sighting> | undefined;

  /** @param known - hashes of the values that the actor is known for; writes among them still leave witnesses */
  constructor(known: ReadonlyMap<number, unknown> | undefined) {
    this.#known = known;
  }

  find(value: string): Sighting | undefined {
    if (this.#byValue !== undefined) return this.#byValue.get(value);
    for (const sighting of this.list) if (sighting.value === value) return sighting;
    return undefined;
  }

  /** Hot path: counts one event under a value. */
  see(value: string, event: ActivityEvent, action?: Action): void {
    const sighting = this.find(value);
    const denied = event.outcome === 'denied' ? 1 : 0;
    const { time } = event;
    if (sighting === undefined) {
      const hash = valueHash(value);
      const usual = isHarmless(action) && this.#known?.has(hash) === true;
      const witnesses = usual ? NO_WITNESSES : [event];
      this.#add({ value, hash, count: 1, denied, first: time, last: time, action, witnesses });
      return;
    }
    sighting.count += 1;
    sighting.denied += denied;
    if (time < sighting.first) sighting.first = time;
    if (time > sighting.last) sighting.last = time;
    if (sighting.witnesses !== NO_WITNESSES) keepEarliest(sighting.witnesses, event);
  }

  /** Adds what others saw, as if it had been seen here. */
  merge(others: Sightings): void {
    for (const other of others.list) {
      const known = this.find(other.value);
      if (known === undefined) {
        this.#add({ ...other, witnesses: other.witnesses === NO_WITNESSES ? NO_WITNESSES : [...other.witnesses] });
        continue;
      }
      known.count += other.count;
      known.denied += other.denied;
      known.first = Math.min(known.first, other.first);
      known.last = Math.max(known.last, other.last);
      if (known.witnesses === NO_WITNESSES) continue;
      for (const event of other.witnesses) keepEarliest(known.witnesses, event);
    }
  }

  #add(sighting: Sighting): void {
    this.list.push(sighting);
    if (this.#byValue !== undefined) this.#byValue.set(sighting.value, sighting);
    else if (this.list.length > MAX_LISTED) this.#byValue = new Map(this.list.map((known) => [known.value, known]));
  }
}

function isHarmless(action: Action | undefined): boolean {
  return action === undefined || action.accessLevel === 'Read' || action.accessLevel === 'List';
}

/** Keeps the earliest few events, by time then id. Changes the list in place. */
export function keepEarliest(witnesses: ActivityEvent[], event: ActivityEvent): void {
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
