import { DeleteCommand, type DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  ANOMALY_DETAIL_TYPES,
  type AnomalyEvent,
  type PortcullisEvent,
  parseAlert,
  parseEvent,
} from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { AlertEntry, AlertStore, OutboxEvent } from '@portcullis/pipeline/live';
import { batchDelete, batchGet } from './dynamo/batch.ts';
import { transacted, wrote } from './dynamo/failures.ts';
import { bytesOf, type Item, textOf } from './dynamo/item.ts';
import { partitionQuery, queryAll, queryPages } from './dynamo/query.ts';
import { StillRefusedError, TooLargeError, UnreadableItemError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { packText, unpackText } from './packed-bytes.ts';
import { TABLES } from './tables.ts';
import { waitBeforeTry } from './wait.ts';

/** An item takes 400 KB with its keys; alerts compress to a tenth. */
const MAX_PACKED_BYTES = 380_000;
const OUTBOX = 'outbox';
const HEAD = 'head';
const LIST = 'told';
const LINK = 'alert#';
const MAX_TRIES = 12;
const WRITES_AT_ONCE = 8;

/**
 * Alerts on DynamoDB: each under its key; a copy in the outbox until it is published; links in the partitions of its episode and its
 * actor; and a head of the episode that says when it was last told.
 *
 * Alert, copy and links are written in one transaction, so that nothing is kept without being told, or told without being kept.
 *
 * @param now - the clock, which orders the outbox
 */
export function dynamoAlertStore(dynamo: DynamoDBDocumentClient, table: string, now: () => EpochMs): AlertStore {
  const nextPlace = increasingPlaces(now);

  const add = async ({ entry, waiting }: { readonly entry: AlertEntry; readonly waiting: string }) => {
    const { key, event } = entry;
    const { id, revision } = event.detail.metadata;
    const { data } = event.detail;
    const packed = packText(JSON.stringify(event));
    if (packed.length > MAX_PACKED_BYTES) throw new TooLargeError(`alert ${key}`, packed.length, MAX_PACKED_BYTES);
    await addOnce(key, [
      {
        Put: {
          TableName: table,
          Item: { ...placeOf(key), event: packed, waiting },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { Put: { TableName: table, Item: { pk: OUTBOX, sk: waiting, key, event: packed } } },
      ...('actor' in data
        ? [
            { Put: { TableName: table, Item: { pk: episodePartition(id), sk: `${LINK}${key}`, key } } },
            { Put: { TableName: table, Item: { pk: actorPartition(data.actor.id), sk: id } } },
          ]
        : []),
    ]);
    if (!isAlert(event)) return;
    const head = new UpdateCommand({
      TableName: table,
      Key: { pk: episodePartition(id), sk: HEAD },
      UpdateExpression: 'SET revision = :revision, latest = :latest, #list = :list, toldAt = :at',
      ConditionExpression: 'attribute_not_exists(revision) OR revision < :revision',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: {
        ':revision': revision,
        ':latest': key,
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
        found.push(...page.map((item) => ({ key: textOf(item, 'key'), event: outboxEventOf(item) })));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    async published(keys, at) {
      await inParallel(keys, WRITES_AT_ONCE, async (key) => {
        const update = new UpdateCommand({
          TableName: table,
          Key: placeOf(key),
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
      const links = await queryAll(dynamo, table, episodePartition(episode), LINK);
      const keys = links.map((link) => placeOf(textOf(link, 'key')));
      return byRevision((await batchGet(dynamo, table, keys)).map(outboxEventOf).filter(isAlert));
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
        keys.push(...page.map((head) => placeOf(textOf(head, 'latest'))));
        if (keys.length >= limit) break;
      }
      const events = (await batchGet(dynamo, table, keys.slice(0, limit))).map((item) => parseAlert(storedIn(item)));
      return events.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
    },
    async forget(actorId) {
      const links = await queryAll(dynamo, table, actorPartition(actorId));
      for (const link of links) {
        const items = await queryAll(dynamo, table, episodePartition(textOf(link, 'sk')));
        const keys = items.flatMap((item) => (item.key === undefined ? [] : [placeOf(textOf(item, 'key'))]));
        const alerts = await batchGet(dynamo, table, keys);
        await batchDelete(
          dynamo,
          table,
          alerts.map((alert) => ({ pk: OUTBOX, sk: textOf(alert, 'waiting') })),
        );
        await batchDelete(dynamo, table, [...keys, ...items.map(({ pk, sk }) => ({ pk, sk }))]);
        // The link last: what leads to the rest
        await batchDelete(dynamo, table, [{ pk: link.pk, sk: link.sk }]);
      }
    },
  };
}

function episodePartition(episode: string): string {
  return `episode#${episode}`;
}

export function actorPartition(actorId: string): string {
  return `actor#${actorId}`;
}

function placeOf(key: string): { readonly pk: string; readonly sk: string } {
  return { pk: `alert#${key}`, sk: 'alert' };
}

function storedIn(item: Item): unknown {
  return JSON.parse(unpackText(bytesOf(item, 'event')));
}

function outboxEventOf(item: Item): OutboxEvent {
  const event = parseEvent(storedIn(item));
  if (isAlert(event) || event['detail-type'] === 'Anomaly Emerging' || event['detail-type'] === 'Pipeline Impaired') {
    return event;
  }
  throw new UnreadableItemError(`${event['detail-type']} is nothing that waits in the outbox`);
}

function isAlert(event: PortcullisEvent): event is AnomalyEvent {
  return ANOMALY_DETAIL_TYPES.some((type) => type === event['detail-type']);
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
