import type { Effect } from '@portcullis/event';
import type { ActivityDelta } from './activity-delta.ts';
import type { ActorBaseline } from './actor-baseline.ts';
import { FEATURES, perFeature } from './feature.ts';
import type { NovelSightings } from './novel-sightings.ts';
import type { Sample } from './sample.ts';
import type { Sighting } from './sightings.ts';
import { valueHash } from './value-hash.ts';
import { forgetName } from './value-names.ts';
import type { Witness } from './witness.ts';

/**
 * The delta as if these values had not been seen, though their calls were made: counts stay. The delta itself where it
 * has none of them.
 */
export function withoutValues(delta: ActivityDelta, values: ReadonlySet<string>): ActivityDelta {
  const keeps = ({ value }: Sighting) => !values.has(value);
  const sightings = perFeature((feature) => delta.sightings[feature].filter(keeps));
  if (FEATURES.every((feature) => sightings[feature] === delta.sightings[feature])) return delta;
  const novel = delta.novel && withoutThose(delta.novel, keeps);
  return { ...delta, novel, counts: undefined, sightings };
}

/** What is left is as new as it was. */
function withoutThose(novel: NovelSightings, keeps: (sighting: Sighting) => boolean): NovelSightings {
  return perFeature((feature) => (novel[feature].every(keeps) ? novel[feature] : novel[feature].filter(keeps)));
}

/**
 * The delta as if calls of these actions had not been made.
 *
 * Networks and other context stay: they are not told apart by action. So do things touched by other actions as
 * well. What is not taken out here merely counts where it might not have to.
 */
export function withoutActions(delta: ActivityDelta, isLeftOut: (action: Sighting) => boolean): ActivityDelta {
  const action = delta.sightings.action.filter((sighting) => !isLeftOut(sighting));
  let { events, denied, changes, dataReads } = delta;
  for (const sighting of delta.sightings.action.list) {
    if (!isLeftOut(sighting)) continue;
    events -= sighting.count;
    denied -= sighting.denied;
    const answered = sighting.count - sighting.denied;
    if (hasEffect(sighting, 'changes')) changes = Math.max(0, changes - answered);
    if (hasEffect(sighting, 'reads-data')) dataReads = Math.max(0, dataReads - answered);
  }
  const remains = (witness: Witness) => action.find(witness.action.name) !== undefined;
  const touched = ({ witnesses }: Sighting) => witnesses.length === 0 || witnesses.some(remains);
  return {
    ...delta,
    events,
    denied,
    changes,
    dataReads,
    errors: Math.min(delta.errors, events),
    // Where none of the sampled calls is left, they still tell when and where
    sample: orAll(delta.sample.filter(remains), delta.sample),
    heavySample: delta.heavySample.filter(remains),
    viewed: action.list.some((sighting) => hasEffect(sighting, 'views')) ? delta.viewed : undefined,
    sightings: {
      ...delta.sightings,
      action,
      data: delta.sightings.data.filter(touched),
      target: delta.sightings.target.filter(touched),
    },
    derivedFrom: 0,
    novel: undefined,
    counts: undefined,
  };
}

function orAll(kept: Sample, all: Sample): Sample {
  return kept.witnesses.length > 0 ? kept : all;
}

function hasEffect({ of }: Sighting, effect: Effect): boolean {
  return of !== undefined && 'effect' in of && of.effect === effect;
}

/** Takes values out of what an actor is known for, whatever the feature. Changes the baseline in place. */
export function forgetValues(baseline: ActorBaseline, values: Iterable<string>): void {
  for (const value of values) {
    const hash = valueHash(value);
    for (const feature of FEATURES) {
      baseline.features[feature].values.delete(hash);
      forgetName(baseline.features[feature], hash);
    }
  }
}
