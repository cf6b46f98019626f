import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EpochMs } from '@portcullis/event';
import type { CloudTrailRecord, JsonObject } from '../record/cloudtrail-record.ts';

/** A record of a recording. */
export interface RecordedEvent {
  readonly time: EpochMs;
  readonly record: CloudTrailRecord;
}

/** One attack as somebody recorded it. */
export interface AttackRecording {
  /** Technique by its label, else the name of the file. */
  readonly id: string;
  /** In order of time. */
  readonly events: readonly RecordedEvent[];
}

/** What labels.json says of an event: attack, revert, preflight, infra, service, background or ambiguous. */
interface EventLabel {
  readonly label: string;
  readonly technique?: string;
}

const LOG_FILE = /\.(json|ndjson|jsonl)(\.gz)?$/;
const LABELS = 'labels.json';
const NOT_BENIGN = new Set(['attack', 'revert', 'preflight']);

/** All records below a path that are not labelled as part of an attack, each event once, in order of time. */
export function readBackground(from: string): readonly RecordedEvent[] {
  const labels = eventLabels(from);
  const events = new Map<string, RecordedEvent>();
  for (const file of logFiles(from)) {
    for (const event of readEvents(file)) {
      const { eventID } = event.record;
      if (!NOT_BENIGN.has(labels.get(eventID)?.label ?? '')) events.set(eventID, event);
    }
  }
  return [...events.values()].sort(byTime);
}

/**
 * The attacks below a path. With labels by event: what is labelled `attack`, by technique. Else each file is one.
 */
export function readAttacks(from: string): readonly AttackRecording[] {
  const labels = eventLabels(from);
  const byId = new Map<string, RecordedEvent[]>();
  for (const file of logFiles(from)) {
    const name = path.basename(file).replace(LOG_FILE, '');
    for (const event of readEvents(file)) {
      const label = labels.get(event.record.eventID);
      if (labels.size > 0 && label?.label !== 'attack') continue;
      const id = label?.technique ?? name;
      byId.set(id, [...(byId.get(id) ?? []), event]);
    }
  }
  return [...byId]
    .map(([id, events]) => ({ id, events: events.toSorted(byTime) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function logFiles(from: string): readonly string[] {
  if (statSync(from).isFile()) return [from];
  return readdirSync(from, { recursive: true, encoding: 'utf8' })
    .filter((name) => LOG_FILE.test(name) && path.basename(name) !== LABELS)
    .sort()
    .map((name) => path.join(from, name));
}

function readEvents(file: string): readonly RecordedEvent[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
  return parsed(text)
    .flatMap(records)
    .flatMap((record) => {
      const time = Date.parse(String(record.eventTime ?? record['@timestamp'] ?? ''));
      if (Number.isNaN(time) || typeof record.eventName !== 'string') return [];
      return [{ time, record: { ...record, eventTime: wholeSeconds(time) } as CloudTrailRecord }];
    });
}

function parsed(text: string): readonly JsonObject[] {
  try {
    const value: JsonObject | readonly JsonObject[] = JSON.parse(text);
    return Array.isArray(value) ? value : [value as JsonObject];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): JsonObject => JSON.parse(line));
  }
}

/** S3 objects, LookupEvents, EventBridge, labelled lines and bare records. */
function records(value: JsonObject): readonly JsonObject[] {
  const { Records, CloudTrailEvent, detail, event } = value;
  if (Array.isArray(Records)) return Records as readonly JsonObject[];
  if (typeof CloudTrailEvent === 'string') return [JSON.parse(CloudTrailEvent)];
  if (isObject(detail) && 'eventName' in detail) return [detail];
  if (isObject(event) && 'eventName' in event) return [event];
  return [value];
}

function eventLabels(from: string): ReadonlyMap<string, EventLabel> {
  const folder = statSync(from).isFile() ? path.dirname(from) : from;
  try {
    const { events }: { events?: Record<string, EventLabel> } = JSON.parse(
      readFileSync(path.join(folder, LABELS), 'utf8'),
    );
    return new Map(Object.entries(events ?? {}));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wholeSeconds(time: EpochMs): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function byTime(a: RecordedEvent, b: RecordedEvent): number {
  return a.time - b.time || (a.record.eventID < b.record.eventID ? -1 : 1);
}
