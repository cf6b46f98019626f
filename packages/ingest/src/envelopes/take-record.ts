import { isNotAnEvent, type NotAnEvent } from '../cloudtrail/not-an-event.ts';
import { exceeds, isDeeperThan, type JsonObject } from './json.ts';
import type { Opening } from './opening.ts';
import { isRecord } from './recognize.ts';

/**
 * The hot path: one record in, one event counted; whatever else comes of it is handed back.
 *
 * @param atMost - bytes that the record's JSON has at most; a level of nesting takes two of them, so most
 *   records are too short to be too deep and need no walk
 */
export function takeRecord(opening: Opening, record: JsonObject, atMost: number): NotAnEvent | undefined {
  const { normalize, tally } = opening;
  const problem = beyondLimits(opening, record, atMost);
  if (problem !== undefined) return problem;
  const outcome = normalize(record);
  if (isNotAnEvent(outcome)) return outcome;
  tally.event(outcome);
  return undefined;
}

/** The same for a finding of a security service. */
export function takeFinding(opening: Opening, finding: JsonObject, atMost: number): NotAnEvent | undefined {
  const problem = beyondLimits(opening, finding, atMost);
  if (problem !== undefined) return problem;
  const outcome = opening.readFinding(finding);
  if (isNotAnEvent(outcome)) return outcome;
  opening.tally.finding(outcome);
  return undefined;
}

function beyondLimits({ limits }: Opening, record: JsonObject, atMost: number): NotAnEvent | undefined {
  if (atMost > 2 * limits.recordDepth && isDeeperThan(record, limits.recordDepth)) {
    return rejected('too-deep', `nested more than ${limits.recordDepth} levels deep (limit recordDepth)`);
  }
  if (atMost > limits.recordBytes && exceeds(record, limits.recordBytes, limits.recordDepth) === 'bytes') {
    return rejected('record-too-large', `more than ${limits.recordBytes} bytes (limit recordBytes)`);
  }
  return undefined;
}

/**
 * The hottest path: the same for a record that is still in its bytes. False where it makes no event or is longer than
 * allowed; then it is for `takeRecord`, which says why.
 */
export function takeScanned({ normalize, limits, scanned, tally }: Opening, bytes: number): boolean {
  if (bytes > limits.recordBytes || !isRecord(scanned)) return false;
  const outcome = normalize(scanned);
  if (isNotAnEvent(outcome)) return false;
  tally.event(outcome);
  return true;
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
