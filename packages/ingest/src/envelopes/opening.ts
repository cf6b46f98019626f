import type { ActivityEvent, FindingEvent, LoggedFunction } from '@portcullis/event';
import type { NotAnEvent } from '../cloudtrail/not-an-event.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import type { ScannedRecord } from '../cloudtrail/scanned-record.ts';
import type { LogPlace } from '../lambda/logged-function.ts';
import type { IngestLimits } from '../limits.ts';
import type { JsonObject } from './json.ts';
import type { LogGroupOf } from './log-group-of.ts';
import type { Tally } from './tally.ts';

/** Turns one record into an event, or says why it is none. */
export type Normalize = (record: CloudTrailRecord) => ActivityEvent | NotAnEvent;

/** Turns one finding of a security service into an event, or says why it is none. */
export type ReadFinding = (finding: JsonObject) => FindingEvent | NotAnEvent;

/** Says which function a log belongs to. */
export type FunctionOf = (place: LogPlace) => LoggedFunction | undefined;

/** What travels through all levels of one container. */
export interface Opening {
  readonly normalize: Normalize;
  readonly functionOf: FunctionOf;
  readonly readFinding: ReadFinding;
  readonly limits: IngestLimits;
  readonly tally: Tally;
  /** Placed over one record after the other where their bytes allow it. */
  readonly scanned: ScannedRecord;
  readonly precedingLines: number;
  /** Whose logs are taken; of anybody when absent. */
  readonly logSources: readonly LogGroupOf[] | undefined;
  /** Bytes that may still be unpacked from this container, by all of its payloads together. */
  unpackableBytes: number;
  /** Opens a payload found inside; here, since what opens bytes is built on what opens values. */
  readonly openPayload: (opening: Opening, bytes: Uint8Array, place: Place) => void;
}

/** Where in the packaging: what to call this place, and how many levels are around it. */
export interface Place {
  readonly at: string;
  readonly level: number;
  /** Region of what carries it, where that tells. */
  readonly region?: string | undefined;
}

export function inside(place: Place, key: string): Place {
  return { at: within(place, key), level: place.level + 1, region: place.region };
}

export function within({ at }: Place, key: string): string {
  return at === '' || key === '' ? at + key : `${at}.${key}`;
}

export function indexed({ at }: Place, index: number): string {
  return `${at}[${index}]`;
}

export function nameOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

export function startOf(text: string): string {
  return JSON.stringify(text.trimStart().slice(0, 12));
}
