import type { FeatureMemory } from './actor-baseline.ts';
import type { Sighting } from './sightings.ts';

/** A text and its `valueHash`. */
export interface ValueName {
  readonly hash: number;
  readonly value: string;
}

export const NO_NAMES: readonly ValueName[] = [];

/**
 * Keeps the texts of a feature's most frequent values, and no others: what alerts show as usual.
 *
 * What is not among them by now is remembered by its hash alone. Ties go to the smaller hash, so the order of
 * sightings cannot show. Changes the memory in place.
 *
 * @param most - texts kept
 */
export function keepNames(memory: FeatureMemory, sightings: readonly Sighting[], most: number): void {
  if (most === 0) return;
  const { values } = memory;
  let names: ValueName[] | undefined;
  /** Count below which nothing joins; asked for once there is no more room. */
  let least: number | undefined;
  for (const { hash, value } of sightings) {
    const known = names ?? memory.names;
    if (isNamed(known, hash)) continue;
    const count = values.countOf(hash);
    if (count === 0) continue;
    if (known.length >= most) {
      least ??= leastCount(known, values);
      if (count < least) continue;
    }
    names ??= [...memory.names];
    names.push({ hash, value });
  }
  if (names === undefined) return;
  if (names.length > most) names.sort((a, b) => values.countOf(b.hash) - values.countOf(a.hash) || a.hash - b.hash);
  memory.names = names.slice(0, most);
}

/** Changes the memory in place. */
export function forgetName(memory: FeatureMemory, hash: number): void {
  if (isNamed(memory.names, hash)) memory.names = memory.names.filter((name) => name.hash !== hash);
}

function isNamed(names: readonly ValueName[], hash: number): boolean {
  for (const name of names) if (name.hash === hash) return true;
  return false;
}

function leastCount(names: readonly ValueName[], values: FeatureMemory['values']): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { hash } of names) least = Math.min(least, values.countOf(hash));
  return least;
}

export interface NamedValue extends ValueName {
  readonly count: number;
}

/** The values whose texts are known, most frequent first. */
export function namedValues({ names, values }: FeatureMemory): readonly NamedValue[] {
  return names
    .map(({ hash, value }) => ({ value, hash, count: values.countOf(hash) }))
    .sort((a, b) => b.count - a.count || a.hash - b.hash);
}

/** The most frequent value; `undefined` where nothing is known. */
export function mostUsual(memory: FeatureMemory): NamedValue | undefined {
  let most: NamedValue | undefined;
  for (const { hash, value } of memory.names) {
    const count = memory.values.countOf(hash);
    if (most === undefined || count > most.count || (count === most.count && hash < most.hash))
      most = { value, hash, count };
  }
  return most;
}
