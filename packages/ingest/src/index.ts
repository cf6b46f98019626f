export type { LogGroupOf, LogKind } from './envelopes/log-group-of.ts';
export { InvalidLimitError } from './errors.ts';
export { createIngest, type Ingest, type IngestOptions } from './ingest.ts';
export { DEFAULT_LIMITS, type IngestLimits } from './limits.ts';
export { NetworkTableError } from './network/errors.ts';
export { lookupWithoutData, openNetworkTable } from './network-lookup.ts';
export type { IngestResult, Rejection, RejectReason, SkipReason } from './outcome.ts';
