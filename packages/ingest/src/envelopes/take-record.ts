import { isNotAnEvent, type NotAnEvent } from '../cloudtrail/not-an-event.ts';
import type { IngestLimits } from '../limits.ts';
import { exceeds, isDeeperThan, type JsonObject } from './json.ts';
import type { Opening } from './opening.ts';

/** The hot path: one record in, one event counted; whatever else comes of it is handed back. */
export function takeRecord(
  { normalize, limits, tally }: Opening,
  record: JsonObject,
  isLong: boolean,
): NotAnEvent | undefined {
  if (isTooDeep(record.requestParameters, limits) || isTooDeep(record.responseElements, limits)) {
    return rejected('too-deep', `nested more than ${limits.recordDepth} levels deep (limit recordDepth)`);
  }
  if (isLong && exceeds(record, limits.recordBytes, limits.recordDepth) === 'bytes') {
    return rejected('record-too-large', `more than ${limits.recordBytes} bytes (limit recordBytes)`);
  }
  const outcome = normalize(record);
  if (isNotAnEvent(outcome)) {
    return outcome;
  }
  tally.event(outcome);
  return undefined;
}

/** What callers fill in and what is walked further on; the other fields are read by name, one level down at most. */
function isTooDeep(part: unknown, { recordDepth }: IngestLimits): boolean {
  return typeof part === 'object' && part !== null && isDeeperThan(part, recordDepth - 1);
}

/** Counts a record that made no event. */
export function note({ tally }: Opening, problem: NotAnEvent, record: JsonObject, at: string): void {
  if (problem.kind === 'skipped') {
    tally.skip(problem.reason);
  } else {
    tally.reject(problem.reason, problem.message, at, record);
  }
}

function rejected(reason: 'too-deep' | 'record-too-large', message: string): NotAnEvent {
  return { kind: 'rejected', reason, message };
}
