export { type ActivityDelta, emptyDelta, grantValue, mergeDelta, observe } from './activity-delta.ts';
export {
  type ActorBaseline,
  emptyBaseline,
  type FeatureMemory,
  mostUsual,
} from './actor-baseline.ts';
export { surprisalAmongOthers } from './back-off.ts';
export { decodeBaseline, encodeBaseline } from './baseline-codec.ts';
export { type CountExpectation, type CountMemory, expectCount } from './count-memory.ts';
export { BaselineFormatError } from './errors.ts';
export { FEATURES, type Feature } from './feature.ts';
export { learnEpoch } from './learn-epoch.ts';
export { expectedNewValues, shareAtLeastAsSurprising } from './novelty-prior.ts';
export { countPrior, emptyPopulation, type Group, type NoveltyStatistics, type Population } from './population.ts';
export { decodePopulation, encodePopulation, type StoredPopulation } from './population-codec.ts';
export type { Sighting } from './sightings.ts';
export { valueHash } from './value-hash.ts';
export { forgetValues, withoutActions, withoutValues } from './without.ts';
export type { Witness } from './witness.ts';
