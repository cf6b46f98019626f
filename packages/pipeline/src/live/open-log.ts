import {
  deflateText,
  type FunctionDelta,
  inflateText,
  mergeFunctionDelta,
  mergeTrafficDelta,
  restoreFunctionDelta,
  restoreTrafficDelta,
  type StoredFunctionDelta,
  type StoredTrafficDelta,
  storeFunctionDelta,
  storeTrafficDelta,
  type TrafficDelta,
} from '@portcullis/baseline';
import { ActivityFormatError } from '../errors.ts';

/** What a function or party did in an hour that is not sealed, by logs other than CloudTrail's. */
export type OpenLog =
  | { readonly source: 'function'; readonly delta: FunctionDelta }
  | { readonly source: 'traffic'; readonly delta: TrafficDelta };

/** The same as plain JSON values. */
export type StoredLog =
  | { readonly source: 'function'; readonly delta: StoredFunctionDelta }
  | { readonly source: 'traffic'; readonly delta: StoredTrafficDelta };

/**
 * What one container says of one function or party and hour, counted up where it was read: a line of its own for each would cost more than
 * all the rest of the lane.
 */
export interface LogPiece {
  /** Names the container and what of it this is: the same however often it is delivered. */
  readonly hash: readonly [low: number, high: number];
  readonly lines: number;
  readonly log: StoredLog;
}

const PREFIX = { function: 'log-of-function ', traffic: 'log-of-party ' } as const;

/** What segments and records of the stream go by: apart from the actors, one of which has the id of a function. */
export function segmentIdOf(source: OpenLog['source'], id: string): string {
  return PREFIX[source] + id;
}

/** Whether a segment holds what other logs than CloudTrail's tell. */
export function isOfLog(segmentId: string): boolean {
  return segmentId.startsWith(PREFIX.function) || segmentId.startsWith(PREFIX.traffic);
}

export function storeLog(log: OpenLog): StoredLog {
  return log.source === 'function'
    ? { source: log.source, delta: storeFunctionDelta(log.delta) }
    : { source: log.source, delta: storeTrafficDelta(log.delta) };
}

export function restoreLog(stored: StoredLog): OpenLog {
  return stored.source === 'function'
    ? { source: stored.source, delta: restoreFunctionDelta(stored.delta) }
    : { source: stored.source, delta: restoreTrafficDelta(stored.delta) };
}

export function encodeLog(log: OpenLog): Uint8Array {
  return deflateText(JSON.stringify(storeLog(log)), 3);
}

/** @throws ActivityFormatError where the bytes are cut or damaged */
export function decodeLog(bytes: Uint8Array): OpenLog {
  let stored: StoredLog;
  try {
    stored = JSON.parse(inflateText(bytes));
  } catch (cause) {
    throw new ActivityFormatError('the bytes of an open log are cut or damaged', { cause });
  }
  return restoreLog(stored);
}

/** Adds another part of the same hour. Changes `log` in place. */
export function mergeLog(log: OpenLog, other: OpenLog): void {
  if (log.source === 'function' && other.source === 'function') mergeFunctionDelta(log.delta, other.delta);
  else if (log.source === 'traffic' && other.source === 'traffic') mergeTrafficDelta(log.delta, other.delta);
  else throw new ActivityFormatError(`a part of ${other.source} cannot join one of ${log.source}`);
}
