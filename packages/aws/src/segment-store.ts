import { createHash } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { DAY_MS, type EpochIndex, type EpochMs, SECOND_MS } from '@portcullis/event';
import type { SegmentKey, SegmentSaved, SegmentStore, StoredSegment } from '@portcullis/pipeline/live';
import { batchDelete, chunks } from './dynamo/batch.ts';
import { transacted, wrote } from './dynamo/failures.ts';
import { bytesOf, type Item, numberOf, textOf } from './dynamo/item.ts';
import { partitionQuery, queryAll, queryPages } from './dynamo/query.ts';
import { StillRefusedError, TooLargeError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { waitBeforeTry } from './wait.ts';

/** An item takes 400 KB with its keys. */
const MAX_BYTES = 380_000;
/** Partitions of one seal: some thousand new segments a second together. */
const BUCKETS = 16;
const STATUS = 'status';
const WAITING = 'waiting';
/** Counted from the freeze: long past the day for which duplicates are known, even if the seal hangs over a holiday. */
const KEPT_AFTER_FREEZE_MS = 8 * DAY_MS;
const WRITES_AT_ONCE = 32;
const MAX_TRIES = 12;
/** As many as an `IN` takes. */
const ACTORS_PER_SCAN = 100;

/**
 * Segments on DynamoDB: one item each, in a partition of its seal and bucket.
 *
 * A new one is written in a transaction that checks its bucket's status, so none can slip in behind `close`. That costs twice
 * a plain write, once an actor and hour; all later writes are plain conditional ones.
 *
 * @param now - the clock, which only says when frozen segments become garbage
 */
export function dynamoSegmentStore(dynamo: DynamoDBDocumentClient, table: string, now: () => EpochMs): SegmentStore {
  /** Seal and bucket pairs known to be among the waiting: true until they are sealed, and then nothing is created any more. */
  const registered = new Set<string>();

  const create = async (key: SegmentKey, bytes: Uint8Array): Promise<SegmentSaved> => {
    const bucket = bucketOf(key.actorId);
    const place = `${hourText(key.sealEpoch)}#${bucket}`;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (attempt > 0) await waitBeforeTry(attempt);
      const { failed, again } = await transacted(
        dynamo.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                ConditionCheck: {
                  TableName: table,
                  Key: { pk: STATUS, sk: bucket },
                  ConditionExpression: 'attribute_not_exists(closedThrough) OR closedThrough < :seal',
                  ExpressionAttributeValues: { ':seal': key.sealEpoch },
                },
              },
              {
                Put: {
                  TableName: table,
                  Item: itemOf(key, bytes, 1),
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
              ...(registered.has(place)
                ? []
                : [{ Put: { TableName: table, Item: { pk: WAITING, sk: place, sealEpoch: key.sealEpoch } } }]),
            ],
          }),
        ),
      );
      if (again) continue;
      if (failed.includes(1)) return (await find(key))?.frozen ? 'closed' : 'conflict';
      if (failed.length > 0) return 'closed';
      registered.add(place);
      return 'saved';
    }
    throw new StillRefusedError(`creating a segment of hour ${key.epoch}`, 1, 'others write at the same time');
  };

  const replace = async (key: SegmentKey, bytes: Uint8Array, expected: number): Promise<SegmentSaved> => {
    const put = new PutCommand({
      TableName: table,
      Item: itemOf(key, bytes, expected + 1),
      ConditionExpression: 'version = :expected AND attribute_not_exists(frozen)',
      ExpressionAttributeValues: { ':expected': expected },
    });
    if (await wrote(dynamo.send(put))) return 'saved';
    const found = await find(key);
    if (found !== undefined) return found.frozen ? 'closed' : 'conflict';
    return key.sealEpoch <= (await closedThrough(bucketOf(key.actorId))) ? 'closed' : 'conflict';
  };

  const find = async (key: SegmentKey): Promise<StoredSegment | undefined> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: placeOf(key), ConsistentRead: true }));
    return Item && segmentOf(Item);
  };

  const closedThrough = async (bucket: string): Promise<EpochIndex> => {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk: STATUS, sk: bucket }, ConsistentRead: true }),
    );
    return Item === undefined ? -1 : numberOf(Item, 'closedThrough');
  };

  const freezeOne = async (item: Item): Promise<StoredSegment> => {
    if (item.frozen === true) return segmentOf(item);
    const { Attributes } = await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: item.pk, sk: item.sk },
        UpdateExpression: 'SET frozen = :true, expiresAt = :garbage',
        ExpressionAttributeValues: {
          ':true': true,
          ':garbage': Math.ceil((now() + KEPT_AFTER_FREEZE_MS) / SECOND_MS),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return segmentOf(Attributes ?? {});
  };

  /** Those with segments, as the waiting list has them; all of them once the seal is off that list. */
  const bucketsOf = async (sealEpoch: EpochIndex): Promise<readonly string[]> => {
    const waiting = await queryAll(dynamo, table, WAITING, `${hourText(sealEpoch)}#`);
    return waiting.length > 0 ? waiting.map((item) => textOf(item, 'sk').slice(-1)) : BUCKET_NAMES;
  };

  return {
    maxBytes: MAX_BYTES,
    async load(actorId, epoch, split, sealEpochs) {
      const found = await inParallel(sealEpochs, WRITES_AT_ONCE, (sealEpoch) => {
        const { pk, sk } = placeOf({ sealEpoch, actorId, epoch, split, part: 0 });
        return queryAll(dynamo, table, pk, sk.slice(0, sk.lastIndexOf('#') + 1));
      });
      // An id may begin with another one and the separator
      return found
        .flat()
        .map(segmentOf)
        .filter(({ key }) => key.actorId === actorId);
    },
    async save(key, bytes, expected) {
      if (bytes.length > MAX_BYTES) throw new TooLargeError(`segment of ${key.actorId}`, bytes.length, MAX_BYTES);
      return expected === 0 ? create(key, bytes) : replace(key, bytes, expected);
    },
    async waiting() {
      const items = await queryAll(dynamo, table, WAITING);
      return [...new Set(items.map((item) => numberOf(item, 'sealEpoch')))].sort((a, b) => a - b);
    },
    async close(sealEpoch) {
      await inParallel(BUCKET_NAMES, BUCKETS, async (bucket) => {
        const update = new UpdateCommand({
          TableName: table,
          Key: { pk: STATUS, sk: bucket },
          UpdateExpression: 'SET closedThrough = :seal',
          ConditionExpression: 'attribute_not_exists(closedThrough) OR closedThrough < :seal',
          ExpressionAttributeValues: { ':seal': sealEpoch },
        });
        await wrote(dynamo.send(update));
      });
    },
    async *freeze(sealEpoch) {
      const buckets = await bucketsOf(sealEpoch);
      for (const bucket of buckets) {
        const query = partitionQuery(table, partitionOf(sealEpoch, bucket));
        for await (const page of queryPages(dynamo, query)) yield* await inParallel(page, WRITES_AT_ONCE, freezeOne);
      }
    },
    async sealed(sealEpoch) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({ ...partitionQuery(table, WAITING, `${hourText(sealEpoch)}#`), ConsistentRead: true }),
      );
      await inParallel(Items, BUCKETS, ({ pk, sk }) =>
        dynamo.send(new DeleteCommand({ TableName: table, Key: { pk, sk } })),
      );
      for (const { sk } of Items) registered.delete(String(sk));
    },
    async forget(actorIds) {
      for (const some of chunks([...new Set(actorIds)], ACTORS_PER_SCAN)) {
        for await (const page of segmentsOf(dynamo, table, some)) {
          await batchDelete(
            dynamo,
            table,
            page.map(({ pk, sk }) => ({ pk, sk })),
          );
        }
      }
    },
  };
}

/**
 * Keys of all segments of some actors, page by page. Reads the whole table, a few GB: no key leads from an actor to its hours, and
 * people seldom ask.
 */
export async function* segmentsOf(
  dynamo: DynamoDBDocumentClient,
  table: string,
  actorIds: readonly string[],
): AsyncGenerator<readonly Item[]> {
  const names = actorIds.map((_, index) => `:actor${index}`);
  let from: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ProjectionExpression: 'pk, sk',
        FilterExpression: `actorId IN (${names.join(', ')})`,
        ExpressionAttributeValues: Object.fromEntries(actorIds.map((actorId, index) => [`:actor${index}`, actorId])),
        ExclusiveStartKey: from,
      }),
    );
    if (page.Items?.length) yield page.Items;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

const BUCKET_NAMES = Array.from({ length: BUCKETS }, (_, i) => i.toString(BUCKETS));

/** By hash of the actor, so that hours of one actor lie together and actors apart. */
function bucketOf(actorId: string): string {
  return createHash('sha256').update(actorId).digest('hex').slice(0, 1);
}

/** Sorts as the number does, until the year 3110. */
function hourText(epoch: EpochIndex): string {
  return String(epoch).padStart(7, '0');
}

function partitionOf(sealEpoch: EpochIndex, bucket: string): string {
  return `seal#${hourText(sealEpoch)}#${bucket}`;
}

function placeOf({ sealEpoch, actorId, epoch, split, part }: SegmentKey): { readonly pk: string; readonly sk: string } {
  return {
    pk: partitionOf(sealEpoch, bucketOf(actorId)),
    sk: `${hourText(epoch)}#${split}#${actorId}#${String(part).padStart(5, '0')}`,
  };
}

function itemOf(key: SegmentKey, bytes: Uint8Array, version: number): Item {
  return { ...placeOf(key), ...key, bytes, version };
}

function segmentOf(item: Item): StoredSegment {
  return {
    key: {
      sealEpoch: numberOf(item, 'sealEpoch'),
      actorId: textOf(item, 'actorId'),
      epoch: numberOf(item, 'epoch'),
      split: numberOf(item, 'split'),
      part: numberOf(item, 'part'),
    },
    bytes: bytesOf(item, 'bytes'),
    version: numberOf(item, 'version'),
    frozen: item.frozen === true,
  };
}
