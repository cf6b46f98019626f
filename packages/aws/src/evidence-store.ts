import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { S3Client } from '@aws-sdk/client-s3';
import { type ActivityEvent, type EpochIndex, epochOf } from '@portcullis/event';
import type { EvidenceStore } from '@portcullis/pipeline/live';
import { chunks } from './dynamo/batch.ts';
import { StillRefusedError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { listFolders } from './s3/folders.ts';
import { deleteObjects, getObject, listObjects, putObject } from './s3/objects.ts';

const READS_AT_ONCE = 8;
const DELETED_AT_ONCE = 1000;
/** Of one object; a batch has a thousandth of it. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** What one question may bring into memory. Narrower times ask for less. */
const MAX_EVENTS_READ = 200_000;
const READ_BETWEEN_CHECKS = 256;

/**
 * Normalized events on S3, one object for each hour of an actor and batch: `evidence/<account>/<actor>/<hour>/<content>.ndjson.gz`.
 *
 * Objects are named by the ids in them, so a batch that comes again writes the same object, and one that is cut otherwise is
 * evened out when read. How long they are kept is a rule of the bucket.
 */
export function s3EvidenceStore(s3: S3Client, bucket: string, prefix = ''): EvidenceStore {
  const readObject = async (key: string): Promise<readonly ActivityEvent[]> => {
    const body = await getObject(s3, bucket, key);
    if (body === undefined) return [];
    const lines = new TextDecoder().decode(gunzipSync(body, { maxOutputLength: MAX_OBJECT_BYTES })).split('\n');
    return lines.flatMap((line) => {
      if (line === '') return [];
      const event: ActivityEvent = JSON.parse(line);
      return [event];
    });
  };
  const collect = async (
    keys: readonly string[],
    what: string,
    isAsked: (event: ActivityEvent) => boolean,
    found: Map<string, ActivityEvent>,
  ): Promise<void> => {
    for (const some of chunks(keys, READ_BETWEEN_CHECKS)) {
      for (const event of (await inParallel(some, READS_AT_ONCE, readObject)).flat()) {
        if (isAsked(event)) found.set(event.id, event);
      }
      if (found.size > MAX_EVENTS_READ) throw new StillRefusedError(what, found.size, 'ask for a shorter time');
    }
  };

  return {
    async put(actorId, epoch, events) {
      const accounts = Map.groupBy(events, ({ account }) => account);
      await inParallel([...accounts], READS_AT_ONCE, ([account, own]) => {
        const ordered = own.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const name = createHash('sha256')
          .update(ordered.map(({ id }) => id).join('\n'))
          .digest('hex')
          .slice(0, 32);
        const key = `${prefix}${hourPrefix(account, actorId, epoch)}${name}.ndjson.gz`;
        return putObject(s3, bucket, key, gzipSync(ordered.map((event) => `${JSON.stringify(event)}\n`).join('')));
      });
    },
    async read(account, actorId, from, to) {
      const found = new Map<string, ActivityEvent>();
      for (let epoch = epochOf(from); epoch <= epochOf(to - 1); epoch++) {
        const keys = await keysBelow(s3, bucket, `${prefix}${hourPrefix(account, actorId, epoch)}`);
        await collect(keys, `evidence of ${actorId}`, ({ time }) => time >= from && time < to, found);
      }
      return inOrder(found);
    },
    async since(account, from) {
      const actors = await Array.fromAsync(listFolders(s3, bucket, `${prefix}evidence/${account}/`));
      const keys = await inParallel(actors, READS_AT_ONCE, async (folder) => {
        // Hours have six digits until 2084, so their order is that of their names
        const behind = `${folder}${epochOf(from)}`;
        return (await Array.fromAsync(listObjects(s3, bucket, folder, behind))).map(({ key }) => key);
      });
      const found = new Map<string, ActivityEvent>();
      await collect(keys.flat(), `evidence of ${account}`, ({ time }) => time >= from, found);
      return inOrder(found);
    },
    async forget(account, actorId) {
      const keys = await keysBelow(s3, bucket, `${prefix}${actorPrefix(account, actorId)}`);
      for (const chunk of chunks(keys, DELETED_AT_ONCE)) await deleteObjects(s3, bucket, chunk);
    },
  };
}

function inOrder(found: ReadonlyMap<string, ActivityEvent>): readonly ActivityEvent[] {
  return [...found.values()].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/** Ids hold slashes and whatever sessions are called; encoded, none is a part of another. */
export function actorPrefix(account: string, actorId: string): string {
  return `evidence/${account}/${encodeURIComponent(actorId)}/`;
}

function hourPrefix(account: string, actorId: string, epoch: EpochIndex): string {
  return `${actorPrefix(account, actorId)}${epoch}/`;
}

export async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<readonly string[]> {
  return (await Array.fromAsync(listObjects(s3, bucket, prefix))).map(({ key }) => key);
}
