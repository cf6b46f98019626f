export { type ActorDescription, describeActor, type FeatureDescription } from './describe-actor.ts';
export { NoReadablePathError, StateVersionError } from './errors.ts';
export { type FileSourceOptions, fileSource } from './file-source.ts';
export type { LogContainer, LogSource, UnreadableContainer } from './log-source.ts';
export { openAlerts } from './open-alerts.ts';
export { baselineSizes, type KnownActor, type PipelineState } from './pipeline-state.ts';
export { type ReplayOptions, type ReplayOutcome, type ReplayProgress, replay, type SealedActivity } from './replay.ts';
export { decodeState, encodeState } from './state-codec.ts';
