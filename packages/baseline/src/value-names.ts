import type { FeatureMemory } from './actor-baseline.ts';
import type { Sighting } from './sightings.ts';

/**
 * Keeps the texts of a feature's most frequent values, and no others: what alerts show as usual.
 *
 * What is not among them by now is remembered by its hash alone. Ties go to the smaller hash, so the order of
 * sightings cannot show. Changes the memory in place.
 *
 * @param most - texts kept
 */
export function keepNames({ names, values }: FeatureMemory, sightings: readonly Sighting[], most: number): void {
  if (most === 0) return;
  /** Count below which nothing joins; asked for once there is no more room. */
  let least: number | undefined;
  for (const { hash, value } of sightings) {
    if (names.has(hash)) continue;
    const count = values.countOf(hash);
    if (count === 0) continue;
    if (names.size >= most) {
      least ??= leastCount(names, values);
      if (count < least) continue;
    }
    names.set(hash, value);
  }
  if (names.size <= most) return;
  const ranked = [...names.keys()].sort((a, b) => values.countOf(b) - values.countOf(a) || a - b);
  for (const hash of ranked.slice(most)) names.delete(hash);
}

function leastCount(names: FeatureMemory['names'], values: FeatureMemory['values']): number {
  let least = Number.POSITIVE_INFINITY;
  for (const hash of names.keys()) least = Math.min(least, values.countOf(hash));
  return least;
}

export interface NamedValue {
  readonly value: string;
  readonly hash: number;
  readonly count: number;
}

/** The values whose texts are known, most frequent first. */
export function namedValues({ names, values }: FeatureMemory): readonly NamedValue[] {
  return [...names]
    .map(([hash, value]) => ({ value, hash, count: values.countOf(hash) }))
    .sort((a, b) => b.count - a.count || a.hash - b.hash);
}

/** The most frequent value; `undefined` where nothing is known. */
export function mostUsual(memory: FeatureMemory): NamedValue | undefined {
  return namedValues(memory)[0];
}
