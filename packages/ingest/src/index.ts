export { createIngest, type Ingest, type IngestOptions } from './ingest.ts';
export { InvalidLimitError } from './errors.ts';
export { DEFAULT_LIMITS, type IngestLimits } from './limits.ts';
export type { IngestResult, Rejection, RejectReason, SkipReason } from './outcome.ts';
