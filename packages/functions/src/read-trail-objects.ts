import type { S3Client } from '@aws-sdk/client-s3';
import type { LogKind } from '@portcullis/ingest';
import type { RawRecord, RejectedRecord, RejectStore, Routed } from '@portcullis/pipeline/live';
import { readObject } from './read-object.ts';
import { toldOf } from './router.ts';
import type { Figures, Outcome } from './telemetry.ts';
import { announcementIn, isFlowLog, isTrailLog, type TrailObject } from './trail-objects.ts';

export interface AnnouncingMessage {
  readonly id: string;
  readonly body: string;
}

export interface ReadTrailObjects {
  readonly route: (raw: readonly RawRecord[]) => Promise<Routed>;
  readonly s3: S3Client;
  readonly rejects: RejectStore;
  readonly trail: { readonly bucket: string; readonly prefix: string };
  readonly flows: { readonly bucket: string; readonly prefix: string };
  /** Of one object as stored. */
  readonly maxBytes: number;
}

/** Stored bytes that are worked on at a time: together their actors are packed better, but all are in memory. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;

/**
 * Routes the objects that messages announce, and rejects announcements and objects that can't be read.
 *
 * A message fails as a whole, and the others do not fail with it.
 */
export async function readTrailObjects(
  messages: readonly AnnouncingMessage[],
  { route, s3, rejects, trail, flows, maxBytes }: ReadTrailObjects,
): Promise<{ readonly failed: ReadonlySet<string> } & Pick<Outcome<never>, 'figures' | 'errors'>> {
  const failed = new Set<string>();
  const errors = new Set<string>();
  const figures: Record<string, number> = {};
  let waiting: RawRecord[] = [];
  for (const message of messages) {
    try {
      for (const object of await objectsOf(message)) {
        const record = await recordOf(message, object);
        if (record) waiting.push(record);
        if (bytesOf(waiting) >= BYTES_AT_ONCE) await routeWaiting();
      }
    } catch (error) {
      fail(message.id, error);
    }
  }
  await routeWaiting();
  return { failed, figures, errors: [...errors] };

  async function objectsOf({ id, body }: AnnouncingMessage): Promise<readonly TrailObject[]> {
    const announced = announcementIn(body);
    if (announced.kind === 'objects') return announced.objects.filter((object) => heldBy(object) !== undefined);
    await reject({
      reason: 'not-an-object',
      message: `the announcement ${announced.message}`,
      position: '',
      origin: id,
    });
    return [];
  }

  /** What an object may hold, by where it lies; `undefined` where it is not for us. */
  function heldBy(object: TrailObject): LogKind | undefined {
    if (isTrailLog(object, trail)) return 'cloudtrail';
    return isFlowLog(object, flows) ? 'flow' : undefined;
  }

  async function recordOf({ id }: AnnouncingMessage, object: TrailObject): Promise<RawRecord | undefined> {
    const origin = `s3://${object.bucket}/${object.key}`;
    const read = await readObject(s3, object, maxBytes);
    if (read.kind === 'read') return { id, origin, bytes: read.bytes, holds: heldBy(object) };
    await reject(
      read.kind === 'gone'
        ? { reason: 'unreadable-file', message: 'the object was removed after it was announced', position: '', origin }
        : {
            reason: 'file-too-large',
            message: `${read.bytes} bytes; at most ${maxBytes} are read`,
            position: '',
            origin,
          },
    );
    return undefined;
  }

  async function routeWaiting(): Promise<void> {
    const raw = waiting;
    waiting = [];
    if (raw.length === 0) return;
    try {
      const routed = await route(raw);
      const told = toldOf(routed);
      for (const id of routed.failed) failed.add(id);
      for (const error of told.errors ?? []) errors.add(error);
      add(figures, { ...told.figures, Objects: raw.length });
    } catch (error) {
      for (const { id } of raw) fail(id, error);
    }
  }

  async function reject(rejected: RejectedRecord): Promise<void> {
    await rejects.put([rejected]);
    add(figures, { Rejected: 1 });
  }

  function fail(id: string, error: unknown): void {
    failed.add(id);
    errors.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function bytesOf(records: readonly RawRecord[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function add(sums: Record<string, number>, figures: Figures): void {
  for (const [name, value] of Object.entries(figures)) sums[name] = (sums[name] ?? 0) + value;
}
