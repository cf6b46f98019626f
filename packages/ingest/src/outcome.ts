import type { ActivityEvent, ApiEvent, FindingEvent, FlowEvent, FunctionEvent } from '@portcullis/event';

/** Why a record is understood but holds nothing to judge. A closed list; each is counted by name. */
export type SkipReason =
  | 'cloudtrail-insight'
  | 'cloudtrail-digest'
  | 's3-notification'
  | 'control-message'
  | 'lambda-log'
  | 'other-log'
  | 'flow-nodata'
  | 'flow-skipdata'
  | 'flow-header'
  | 'test-event'
  | 'archived-finding'
  | 'sample-finding'
  | 'posture-finding'
  | 'own-finding'
  | 'empty-container'
  | 'not-cloudtrail'
  | 'before-from'
  | 'after-to';

/** Why a record or container could not be read. A closed list; each is counted by name. */
export type RejectReason =
  | 'unreadable-file'
  | 'foreign-log-source'
  | 'not-json'
  | 'not-an-object'
  | 'not-gzip'
  | 'truncated-gzip'
  | 'file-too-large'
  | 'decompressed-too-large'
  | 'record-too-large'
  | 'too-many-records'
  | 'too-deep'
  | 'invalid-base64'
  | 'missing-event-time'
  | 'invalid-event-time'
  | 'missing-event-name'
  | 'missing-event-source'
  | 'invalid-platform-event'
  | 'invalid-flow-record'
  | 'invalid-access-log'
  | 'invalid-finding';

/** A record that could not be read: kept, located and counted, never in the way of its neighbours. */
export interface Rejection {
  readonly reason: RejectReason;
  /** What is wrong and what was expected; never holds secrets or whole records. */
  readonly message: string;
  /** Where in the container: `Records[12]`, `line 7`, `Records[0].logEvents[3]`; empty for the container itself. */
  readonly position: string;
  /** The record as read, where one could be cut out. */
  readonly record?: unknown;
}

/**
 * What one container held. `read` = `events.length` + `functionEvents.length` + `flowEvents.length` + `apiEvents.length` + `findingEvents.length` +
 * skipped + rejected; a container that cannot be opened is one rejection.
 */
export interface IngestResult {
  /** In the order found, which means nothing. Duplicates are still in. */
  readonly events: readonly ActivityEvent[];
  /** Lines of the logs of Lambda functions; likewise. */
  readonly functionEvents: readonly FunctionEvent[];
  readonly flowEvents: readonly FlowEvent[];
  readonly apiEvents: readonly ApiEvent[];
  /** Of security services; copies and repetitions are still in. */
  readonly findingEvents: readonly FindingEvent[];
  readonly read: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
  readonly rejected: readonly Rejection[];
  /** The container itself broke or passed a limit, so an unknown number of records is missing. */
  readonly partial: boolean;
}
