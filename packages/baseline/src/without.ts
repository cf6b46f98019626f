import type { ActivityDelta } from './activity-delta.ts';
import type { ActorBaseline } from './actor-baseline.ts';
import { FEATURES, perFeature } from './feature.ts';
import type { Sighting } from './sightings.ts';
import { valueHash } from './value-hash.ts';

/** The delta as if these values had not been seen, though their calls were made: counts stay. */
export function withoutValues(delta: ActivityDelta, values: ReadonlySet<string>): ActivityDelta {
  const keeps = ({ value }: Sighting) => !values.has(value);
  return { ...delta, sightings: perFeature((feature) => delta.sightings[feature].filter(keeps)) };
}

/**
 * The delta as if calls of these actions had not been made.
 *
 * Networks and other context stay: they are not told apart by action. What is not taken out here merely counts
 * where it might not have to.
 */
export function withoutActions(delta: ActivityDelta, isLeftOut: (action: Sighting) => boolean): ActivityDelta {
  const action = delta.sightings.action.filter((sighting) => !isLeftOut(sighting));
  let { events, denied } = delta;
  for (const sighting of delta.sightings.action.list) {
    if (!isLeftOut(sighting)) continue;
    events -= sighting.count;
    denied -= sighting.denied;
  }
  const kept = delta.witnesses.filter((witness) => action.find(witness.action.name) !== undefined);
  // Of the hour only the earliest calls are kept; where all of those are left out, they still tell when and where
  const witnesses = kept.length > 0 ? kept : delta.witnesses;
  return { ...delta, events, denied, witnesses, sightings: { ...delta.sightings, action } };
}

/** Takes values out of what an actor is known for, whatever the feature. Changes the baseline in place. */
export function forgetValues(baseline: ActorBaseline, values: Iterable<string>): void {
  for (const value of values) {
    const hash = valueHash(value);
    for (const feature of FEATURES) baseline.features[feature].values.delete(hash);
  }
}
