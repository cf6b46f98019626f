import { createHash } from 'node:crypto';
import type { FunctionEvent, LoggedFunction } from '@portcullis/event';
import { eventTimeOf } from '../cloudtrail/event-time.ts';
import { textOf } from '../cloudtrail/record.ts';
import type { JsonObject } from '../envelopes/json.ts';
import type { RejectReason } from '../outcome.ts';
import { readLine } from './read-line.ts';

/** A line that could not be read, and why. */
export interface UnreadLine {
  readonly reason: RejectReason;
  readonly message: string;
}

const MAX_ID = 128;

/** One log event of a function, as a subscription gives it: `id`, `timestamp` and `message`. */
export function functionEventOf(of: LoggedFunction, item: JsonObject, line: string): FunctionEvent | UnreadLine {
  const read = readLine(line);
  if ('problem' in read) return { reason: 'invalid-platform-event', message: read.problem };
  // When CloudWatch Logs says it happened; a line's own time is the application's word
  const time = eventTimeOf(item.timestamp ?? read.time);
  if (Number.isNaN(time)) {
    const missing = item.timestamp === undefined && read.time === undefined;
    return missing
      ? { reason: 'missing-event-time', message: 'log event without a timestamp' }
      : { reason: 'invalid-event-time', message: 'the timestamp of the log event is no time between 2005 and 2100' };
  }
  const id = textOf(item.id, MAX_ID) || hashOf(of, time, line);
  return { source: 'lambda', id, time, of, moment: read.moment };
}

function hashOf({ id }: LoggedFunction, time: number, line: string): string {
  return `hash:${createHash('sha256').update(`${id}\0${time}\0`).update(line).digest('hex').slice(0, 16)}`;
}

export function isUnread(outcome: FunctionEvent | UnreadLine): outcome is UnreadLine {
  return 'reason' in outcome;
}
