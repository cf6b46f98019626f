export {
  type ActivityDelta,
  deriveFeatures,
  emptyDelta,
  grantValue,
  letGoOfUsual,
  mergeDelta,
  observe,
} from './activity-delta.ts';
export {
  type ActorBaseline,
  ageOn,
  emptyBaseline,
  type FeatureMemory,
} from './actor-baseline.ts';
export { surprisalAmongOthers } from './back-off.ts';
export { decodeBaseline, encodeBaseline } from './baseline-codec.ts';
export { deflateText, inflateText } from './compact-text.ts';
export {
  type CountExpectation,
  type CountMemory,
  expectationOf,
  expectCount,
  hasFinished,
  SHIPPED_COUNT_PRIOR,
  windowSums,
} from './count-memory.ts';
export { openCounts } from './counts.ts';
export { decodeDelta, encodeDelta } from './delta-codec.ts';
export { findingKey, joinedActor, observeFinding } from './delta-findings.ts';
export { BaselineFormatError } from './errors.ts';
export { FEATURE_BOUNDS, FEATURES, type Feature, perFeature } from './feature.ts';
export { logMoments } from './functions/duration-bins.ts';
export {
  countsOfFunction,
  DAILY_METRICS,
  dayCounts,
  emptyFunctionBaseline,
  type FadedMoments,
  type FunctionBaseline,
  type FunctionCounts,
  type FunctionMetric,
  type FunctionWindow,
  hourOf,
  learnFunction,
} from './functions/function-baseline.ts';
export { emptyFunctionDelta, type FunctionDelta, observeFunction } from './functions/function-delta.ts';
export {
  mergeFunctionDelta,
  restoreFunctionDelta,
  type StoredFunctionDelta,
  storeFunctionDelta,
} from './functions/function-delta-codec.ts';
export { learnEpoch } from './learn-epoch.ts';
export { type Counts, METRICS, type Metric, WINDOW_MS, WINDOWS, type Window } from './metric.ts';
export { type NovelSightings, novelSightings } from './novel-sightings.ts';
export { expectedNewValues, shareAtLeastAsSurprising } from './novelty-prior.ts';
export { countPrior, emptyPopulation, type Group, type NoveltyStatistics, type Population } from './population.ts';
export { decodePopulation, encodePopulation, type StoredPopulation } from './population-codec.ts';
export type { Sighting } from './sightings.ts';
export { actionTable, agentTable, networkTable, Table } from './table.ts';
export { observeFlow } from './traffic/conversation.ts';
export { observeRequest } from './traffic/observe-request.ts';
export {
  emptyTrafficBaseline,
  learnTraffic,
  newTrafficValues,
  type TrafficBaseline,
  trafficDay,
} from './traffic/traffic-baseline.ts';
export {
  restoreTraffic,
  restoreTrafficPopulation,
  type StoredTraffic,
  type StoredTrafficPopulation,
  storeTraffic,
  storeTrafficPopulation,
} from './traffic/traffic-codec.ts';
export {
  emptyTrafficDelta,
  type TrafficDelta,
  type TrafficParty,
  type TrafficSighting,
} from './traffic/traffic-delta.ts';
export {
  mergeTrafficDelta,
  restoreTrafficDelta,
  type StoredTrafficDelta,
  storeTrafficDelta,
} from './traffic/traffic-delta-codec.ts';
export { type TrafficHour, trafficHour } from './traffic/traffic-hour.ts';
export {
  emptyTrafficPopulation,
  learnTrafficPopulation,
  newTrafficPerDay,
  shareAsRare,
  type TrafficPopulation,
  trafficCountPrior,
  trafficSurprisal,
} from './traffic/traffic-population.ts';
export type {
  TrafficCounts,
  TrafficFeature,
  TrafficMetric,
  TrafficWindow,
} from './traffic/traffic-vocabulary.ts';
export { valueHash } from './value-hash.ts';
export { mostUsual, namedValues } from './value-names.ts';
export { forgetValues, withoutActions, withoutValues } from './without.ts';
export type { Witness } from './witness.ts';
