import type { ActivityDelta } from './activity-delta.ts';
import type { ActorBaseline } from './actor-baseline.ts';
import { type Feature, perFeature } from './feature.ts';
import type { Sighting } from './sightings.ts';
import type { ValueTable } from './value-table.ts';

/** The sightings of an epoch whose value the actor never showed before it. */
export type NovelSightings = Readonly<Record<Feature, readonly Sighting[]>>;

/** Most of an hour is usual. */
const NOTHING: readonly Sighting[] = [];

/**
 * Sorts out what the actor never showed before. `own` is its baseline as it was before the epoch, for all who ask: each
 * value is looked up once, and the answer is kept. Needs the derived features.
 */
export function novelSightings(delta: ActivityDelta, own: ActorBaseline | undefined): NovelSightings {
  delta.novel ??= perFeature((feature) => unknownOf(delta.sightings[feature].list, own?.features[feature].values));
  return delta.novel;
}

function unknownOf(list: readonly Sighting[], known: ValueTable | undefined): readonly Sighting[] {
  if (known === undefined) return list;
  let unknown: Sighting[] | undefined;
  for (const sighting of list) {
    if (known.has(sighting.hash)) continue;
    if (unknown === undefined) unknown = [sighting];
    else unknown.push(sighting);
  }
  return unknown ?? NOTHING;
}
