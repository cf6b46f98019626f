export type { ToldAlert } from '@portcullis/alert';
export { type AppliedDecision, type Decided, type DecisionOutcome, decideReached, queueDecisions } from './decide.ts';
export { type ActorDescription, describeActor, type FeatureDescription } from './describe-actor.ts';
export { NoReadablePathError, StateVersionError } from './errors.ts';
export { type FileSourceOptions, fileSource } from './file-source.ts';
export type { LogContainer, LogSource, UnreadableContainer } from './log-source.ts';
export { openAlerts } from './open-alerts.ts';
export { baselineSizes, emptyState, type KnownActor, type PipelineState, reachedBy } from './pipeline-state.ts';
export { type ReadOptions, type ReadOutcome, readEvents } from './read-events.ts';
export {
  type DecisionCounts,
  type ReplayOptions,
  type ReplayOutcome,
  type ReplayProgress,
  replay,
  type SealedActivity,
} from './replay.ts';
export { type HiddenAlert, sealContext } from './seal-context.ts';
export { decodeState, encodeState } from './state-codec.ts';
export { usualBehavior } from './usual-behavior.ts';
