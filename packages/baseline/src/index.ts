export { type ActivityDelta, emptyDelta, mergeDelta, observe, type Sighting } from './activity-delta.ts';
export {
  type ActorBaseline,
  emptyBaseline,
  type FeatureMemory,
  type NewValues,
  seal,
  type UsualValue,
  usualValues,
} from './actor-baseline.ts';
export { decodeBaseline, encodeBaseline } from './baseline-codec.ts';
export { surprisalAmongOthers } from './back-off.ts';
export { BaselineFormatError } from './errors.ts';
export { type CountExpectation, type CountMemory, expectCount } from './count-memory.ts';
export { FEATURES, type Feature } from './feature.ts';
export { expectedNewValues, shareAtLeastAsSurprising } from './novelty-prior.ts';
export { countPrior, emptyPopulation, type Group, learnPopulation, type NoveltyStatistics, type Population } from './population.ts';
export { valueHash } from './value-hash.ts';
