import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { StillRefusedError } from '../errors.ts';
import { inParallel } from '../in-parallel.ts';
import { waitBeforeTry } from '../wait.ts';
import type { Item } from './item.ts';

/** Limits of DynamoDB. */
const KEYS_PER_GET = 100;
const WRITES_PER_REQUEST = 25;
const MAX_TRIES = 8;
const REQUESTS_AT_ONCE = 8;

/**
 * The items that exist of the given keys, strongly consistent, in no order.
 *
 * What a response leaves out for its size, or because too much goes on, is asked for again.
 */
export async function batchGet(
  dynamo: DynamoDBDocumentClient,
  table: string,
  keys: readonly Item[],
): Promise<readonly Item[]> {
  const found = await inParallel(chunks(keys, KEYS_PER_GET), REQUESTS_AT_ONCE, async (chunk) => {
    const items: Item[] = [];
    let request: BatchGetCommandInput['RequestItems'] = { [table]: { Keys: [...chunk], ConsistentRead: true } };
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (attempt > 0) await waitBeforeTry(attempt);
      const response: BatchGetCommandOutput = await dynamo.send(new BatchGetCommand({ RequestItems: request }));
      const got: readonly Item[] = response.Responses?.[table] ?? [];
      items.push(...got);
      request = response.UnprocessedKeys;
      if (request === undefined || Object.keys(request).length === 0) return items;
      // A response that is full at 16 MB is progress, and no reason to give up
      if (got.length > 0) attempt = 0;
    }
    throw new StillRefusedError(`reading from ${table}`, request?.[table]?.Keys?.length ?? 0, 'unprocessed keys');
  });
  return found.flat();
}

/** Deletes items by key, whether they exist or not. */
export async function batchDelete(dynamo: DynamoDBDocumentClient, table: string, keys: readonly Item[]): Promise<void> {
  await inParallel(chunks(keys, WRITES_PER_REQUEST), REQUESTS_AT_ONCE, async (chunk) => {
    let request: BatchWriteCommandInput['RequestItems'] = {
      [table]: chunk.map((Key) => ({ DeleteRequest: { Key } })),
    };
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (attempt > 0) await waitBeforeTry(attempt);
      request = (await dynamo.send(new BatchWriteCommand({ RequestItems: request }))).UnprocessedItems;
      if (request === undefined || Object.keys(request).length === 0) return;
    }
    throw new StillRefusedError(`deleting from ${table}`, request?.[table]?.length ?? 0, 'unprocessed items');
  });
}

export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
