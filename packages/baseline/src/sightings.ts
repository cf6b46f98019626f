import type { Action, Agent, EpochMs, Network } from '@portcullis/event';
import { valueHash } from './value-hash.ts';
import { earliestWith, type Witness, witnessOf } from './witness.ts';

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
  /** Behind the value: the action, network or agent itself; one value always has the same. */
  readonly of: Action | Network | Agent | undefined;
  /** The earliest events, by time then id, whatever the order of arrival; none once `letGo` has found the value usual. */
  witnesses: readonly Witness[];
}

/** Says by its hash whether a value is known. */
export interface KnownValues {
  has(hash: number): boolean;
}

const NO_WITNESSES: readonly Witness[] = [];
/** Most features of most epochs stay empty. */
const NOTHING: Sighting[] = [];
/** Up to here a list grows by exact copies: thousands are open at once, and a list that is pushed to keeps room for sixteen more. */
const FEW = 8;

/** The values of one feature that an actor showed in one epoch; most hours hold a handful. */
export class Sightings {
  #list = NOTHING;
  #byValue: Map<string, Sighting> | undefined;

  /** In order of arrival, which means nothing. */
  get list(): readonly Sighting[] {
    return this.#list;
  }

  find(value: string): Sighting | undefined {
    if (this.#byValue !== undefined) return this.#byValue.get(value);
    for (const sighting of this.#list) if (sighting.value === value) return sighting;
    return undefined;
  }

  /**
   * Hot path: counts one event under a value.
   *
   * @param denied - 1 for a call that was refused, else 0
   */
  see(value: string, event: Witness, denied: number, of?: Sighting['of']): void {
    const sighting = this.find(value);
    const { time } = event;
    if (sighting === undefined) {
      const witnesses = [witnessOf(event)];
      this.#add({ value, hash: valueHash(value), count: 1, denied, first: time, last: time, of, witnesses });
      return;
    }
    sighting.count += 1;
    sighting.denied += denied;
    if (time < sighting.first) sighting.first = time;
    if (time > sighting.last) sighting.last = time;
    if (sighting.witnesses !== NO_WITNESSES) sighting.witnesses = earliestWith(sighting.witnesses, event);
  }

  /** Adds what others saw, as if it had been seen here. */
  merge(others: Sightings): void {
    for (const other of others.list) this.absorb(other.value, other);
  }

  /**
   * Counts all that is behind another sighting under this value.
   *
   * @param usual - values that need no witnesses
   */
  absorb(value: string, other: Sighting, usual?: KnownValues): void {
    const known = this.find(value);
    if (known === undefined) {
      const hash = value === other.value ? other.hash : valueHash(value);
      const of = value === other.value ? other.of : undefined;
      const { count, denied, first, last } = other;
      const witnesses = usual?.has(hash) ? NO_WITNESSES : other.witnesses;
      this.#add({ value, hash, count, denied, first, last, of, witnesses });
      return;
    }
    known.count += other.count;
    known.denied += other.denied;
    known.first = Math.min(known.first, other.first);
    known.last = Math.max(known.last, other.last);
    if (usual?.has(known.hash)) return;
    if (known.witnesses === NO_WITNESSES) known.witnesses = other.witnesses;
    else for (const witness of other.witnesses) known.witnesses = earliestWith(known.witnesses, witness);
  }

  /** Takes up a value that was seen elsewhere and is not here yet. */
  restore({ value, count, denied, first, last, of, witnesses }: Omit<Sighting, 'hash'>): void {
    const kept = witnesses.length === 0 ? NO_WITNESSES : witnesses;
    this.#add({ value, hash: valueHash(value), count, denied, first, last, of, witnesses: kept });
  }

  /** Drops the witnesses of what is known and harmless. Changes the sightings in place. */
  letGo(known: KnownValues, isHarmful: (sighting: Sighting) => boolean): void {
    for (const sighting of this.list) {
      if (known.has(sighting.hash) && !isHarmful(sighting)) sighting.witnesses = NO_WITNESSES;
    }
  }

  /** Those that pass; shares them with this. This itself where all do. */
  filter(keeps: (sighting: Sighting) => boolean): Sightings {
    if (this.#list.every(keeps)) return this;
    const kept = new Sightings();
    for (const sighting of this.#list) if (keeps(sighting)) kept.#add(sighting);
    return kept;
  }

  #add(sighting: Sighting): void {
    const list = this.#list;
    if (list.length < FEW) this.#list = list.toSpliced(list.length, 0, sighting);
    else list.push(sighting);
    if (this.#byValue !== undefined) this.#byValue.set(sighting.value, sighting);
    else if (this.#list.length > MAX_LISTED) this.#byValue = new Map(this.#list.map((known) => [known.value, known]));
  }
}
