import { DeleteCommand, type DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type AnomalyEvent, parseAlert } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { AlertEntry, AlertStore } from '@portcullis/pipeline/live';
import { batchDelete, batchGet } from './dynamo/batch.ts';
import { transacted, wrote } from './dynamo/failures.ts';
import { bytesOf, type Item, textOf } from './dynamo/item.ts';
import { partitionQuery, queryAll, queryPages } from './dynamo/query.ts';
import { StillRefusedError, TooLargeError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { packText, unpackText } from './packed-bytes.ts';
import { TABLES } from './tables.ts';
import { waitBeforeTry } from './wait.ts';

/** An item takes 400 KB with its keys; alerts compress to a tenth. */
const MAX_PACKED_BYTES = 380_000;
const OUTBOX = 'outbox';
const HEAD = 'head';
const LIST = 'told';
const MAX_TRIES = 12;
const WRITES_AT_ONCE = 8;

/**
 * Alerts on DynamoDB: in the partition of their episode, with a head that says when it was last told; a copy in the outbox
 * until it is published; and a link in the partition of their actor.
 *
 * Alert, copy and link are written in one transaction, so that nothing is kept without being told, or told without being kept.
 *
 * @param now - the clock, which orders the outbox
 */
export function dynamoAlertStore(dynamo: DynamoDBDocumentClient, table: string, now: () => EpochMs): AlertStore {
  const nextPlace = increasingPlaces(now);

  const add = async ({ entry, waiting }: { readonly entry: AlertEntry; readonly waiting: string }) => {
    const { key, event } = entry;
    const { id, revision } = event.detail.metadata;
    const packed = packText(JSON.stringify(event));
    if (packed.length > MAX_PACKED_BYTES) throw new TooLargeError(`alert ${key}`, packed.length, MAX_PACKED_BYTES);
    await addOnce(key, [
      {
        Put: {
          TableName: table,
          Item: { pk: episodePartition(id), sk: alertSort(key), event: packed, waiting },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { Put: { TableName: table, Item: { pk: OUTBOX, sk: waiting, key, event: packed } } },
      { Put: { TableName: table, Item: { pk: actorPartition(event.detail.data.actor.id), sk: id } } },
    ]);
    const head = new UpdateCommand({
      TableName: table,
      Key: { pk: episodePartition(id), sk: HEAD },
      UpdateExpression: 'SET revision = :revision, latest = :latest, #list = :list, toldAt = :at',
      ConditionExpression: 'attribute_not_exists(revision) OR revision < :revision',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: {
        ':revision': revision,
        ':latest': alertSort(key),
        ':list': LIST,
        ':at': Date.parse(event.time),
      },
    });
    await wrote(dynamo.send(head));
  };

  const addOnce = async (key: string, items: NonNullable<TransactWriteCommand['input']['TransactItems']>) => {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (attempt > 0) await waitBeforeTry(attempt);
      const { again } = await transacted(dynamo.send(new TransactWriteCommand({ TransactItems: items })));
      if (!again) return;
    }
    throw new StillRefusedError(`adding alert ${key}`, 1, 'others write at the same time');
  };

  return {
    async add(entries) {
      // Two of one episode would meet at its head and its link
      const episodes = Map.groupBy(
        entries.map((entry) => ({ entry, waiting: nextPlace(entry.key) })),
        ({ entry }) => entry.event.detail.metadata.id,
      );
      await inParallel([...episodes.values()], WRITES_AT_ONCE, async (revisions) => {
        for (const revision of revisions) await add(revision);
      });
    },
    async pending(limit) {
      const found: AlertEntry[] = [];
      for await (const page of queryPages(dynamo, { ...partitionQuery(table, OUTBOX), Limit: limit })) {
        found.push(...page.map((item) => ({ key: textOf(item, 'key'), event: eventOf(item) })));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    async published(keys, at) {
      await inParallel(keys, WRITES_AT_ONCE, async (key) => {
        const update = new UpdateCommand({
          TableName: table,
          Key: { pk: episodePartition(key.slice(0, key.lastIndexOf(':'))), sk: alertSort(key) },
          UpdateExpression: 'SET publishedAt = if_not_exists(publishedAt, :at)',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':at': at },
          ReturnValues: 'ALL_NEW',
        });
        let kept: Item | undefined;
        if (!(await wrote(dynamo.send(update).then(({ Attributes }) => (kept = Attributes))))) return;
        // Last, so that after a crash it is only published again
        await dynamo.send(
          new DeleteCommand({ TableName: table, Key: { pk: OUTBOX, sk: textOf(kept ?? {}, 'waiting') } }),
        );
      });
    },
    async get(episode) {
      return byRevision((await queryAll(dynamo, table, episodePartition(episode), 'alert#')).map(eventOf));
    },
    async list(since, limit) {
      const keys: Item[] = [];
      const query = {
        TableName: table,
        IndexName: TABLES.alerts.indexes[0].name,
        // An index is a moment behind its table, which a list for people may be
        ConsistentRead: false,
        KeyConditionExpression: '#list = :list AND toldAt >= :since',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': LIST, ':since': since },
        ScanIndexForward: false,
        Limit: limit,
      };
      for await (const page of queryPages(dynamo, query)) {
        keys.push(...page.map((head) => ({ pk: textOf(head, 'pk'), sk: textOf(head, 'latest') })));
        if (keys.length >= limit) break;
      }
      const events = (await batchGet(dynamo, table, keys.slice(0, limit))).map(eventOf);
      return events.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
    },
    async forget(actorId) {
      const links = await queryAll(dynamo, table, actorPartition(actorId));
      for (const link of links) {
        const items = await queryAll(dynamo, table, episodePartition(textOf(link, 'sk')));
        const waiting = items.flatMap((item) => (item.waiting === undefined ? [] : [textOf(item, 'waiting')]));
        const gone = [...waiting.map((sk) => ({ pk: OUTBOX, sk })), ...items.map(({ pk, sk }) => ({ pk, sk }))];
        await batchDelete(dynamo, table, gone);
        // The link last: what leads to the rest
        await batchDelete(dynamo, table, [{ pk: link.pk, sk: link.sk }]);
      }
    },
  };
}

function episodePartition(episode: string): string {
  return `episode#${episode}`;
}

function actorPartition(actorId: string): string {
  return `actor#${actorId}`;
}

function alertSort(key: string): string {
  return `alert#${key}`;
}

function eventOf(item: Item): AnomalyEvent {
  return parseAlert(JSON.parse(unpackText(bytesOf(item, 'event'))));
}

function byRevision(events: readonly AnomalyEvent[]): readonly AnomalyEvent[] {
  return events.toSorted((a, b) => a.detail.metadata.revision - b.detail.metadata.revision);
}

/** Sort keys for the outbox that grow from call to call, also within a millisecond and when the clock is set back. */
function increasingPlaces(now: () => EpochMs): (key: string) => string {
  let last = 0;
  return (key) => {
    last = Math.max(last + 0.001, now());
    return `${last.toFixed(3).padStart(18, '0')}#${key}`;
  };
}
