import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { EpochIndex } from '@portcullis/event';
import type { BaselineStore, StoredBaseline } from '@portcullis/pipeline/live';
import { batchDelete, batchGet } from './dynamo/batch.ts';
import { wrote } from './dynamo/failures.ts';
import { bytesOf, type Item, numberOf, textOf } from './dynamo/item.ts';
import { TooLargeError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { packBytes, packText, unpackBytes, unpackText } from './packed-bytes.ts';

/** Two versions and the keys fit into an item of 400 KB. Bounded as they are, baselines stay below a tenth of it. */
const MAX_PACKED_BYTES = 190_000;
const WRITES_AT_ONCE = 32;
const NEVER = -1;

/**
 * Baselines on DynamoDB, the latest and the one before in one item, so that both change at once.
 *
 * The table itself copies latest to before, under the condition that the latest is of an earlier seal: repeated and stale writes
 * find another condition, and nothing has to be read first.
 */
export function dynamoBaselineStore(dynamo: DynamoDBDocumentClient, table: string): BaselineStore {
  const save = async (baseline: StoredBaseline) => {
    const packed = packBytes(baseline.bytes);
    if (packed.length > MAX_PACKED_BYTES) {
      throw new TooLargeError(`baseline of ${baseline.actorId}`, packed.length, MAX_PACKED_BYTES);
    }
    const write = (expression: string, condition: string, values: Item = {}) => {
      const update: UpdateCommandInput = {
        TableName: table,
        Key: { actorId: baseline.actorId },
        UpdateExpression: `${expression}, latestBytes = :latest, latestKnown = :known, latestSeal = :seal`,
        ConditionExpression: condition,
        ExpressionAttributeValues: {
          ...values,
          ':latest': packed,
          ':known': packText(JSON.stringify(baseline.known ?? null)),
          ':seal': baseline.sealEpoch,
        },
      };
      return wrote(dynamo.send(new UpdateCommand(update)));
    };
    const moved = await write(
      'SET older = if_not_exists(beforeSeal, :never), beforeBytes = latestBytes, beforeKnown = latestKnown, beforeSeal = latestSeal',
      'latestSeal < :seal',
      { ':never': NEVER },
    );
    // New, or a repetition; where neither holds a later seal has written, and this one comes too late to count
    if (!moved) await write('SET written = :seal', 'attribute_not_exists(actorId) OR latestSeal = :seal');
  };

  return {
    async load(actorIds, before) {
      const keys = [...new Set(actorIds)].map((actorId) => ({ actorId }));
      const found = new Map<string, StoredBaseline>();
      for (const item of await batchGet(dynamo, table, keys)) {
        const baseline = versionBefore(item, before);
        if (baseline !== undefined) found.set(baseline.actorId, baseline);
      }
      return found;
    },
    async save(baselines) {
      await inParallel(baselines, WRITES_AT_ONCE, save);
    },
    async forget(actorIds) {
      await batchDelete(
        dynamo,
        table,
        [...new Set(actorIds)].map((actorId) => ({ actorId })),
      );
    },
  };
}

function versionBefore(item: Item, before: EpochIndex): StoredBaseline | undefined {
  const actorId = textOf(item, 'actorId');
  if (numberOf(item, 'latestSeal') < before) return version(actorId, item, 'latest');
  if (item.beforeSeal === undefined) return undefined;
  if (numberOf(item, 'beforeSeal') < before) return version(actorId, item, 'before');
  if (numberOf(item, 'older') === NEVER) return undefined;
  throw new RangeError(`no baseline of ${actorId} before seal ${before} is kept`);
}

function version(actorId: string, item: Item, name: 'latest' | 'before'): StoredBaseline {
  const known: StoredBaseline['known'] | null = JSON.parse(unpackText(bytesOf(item, `${name}Known`)));
  return {
    actorId,
    bytes: unpackBytes(bytesOf(item, `${name}Bytes`)),
    known: known ?? undefined,
    sealEpoch: numberOf(item, `${name}Seal`),
  };
}
