import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SnapshotPointer, SnapshotStore } from '@portcullis/pipeline/live';
import { wrote } from './dynamo/failures.ts';
import { numberOf } from './dynamo/item.ts';
import { UnreadableItemError } from './errors.ts';
import { packBytes, unpackBytes } from './packed-bytes.ts';
import { deleteObjects, getObject, putNewObject, putObject } from './s3/objects.ts';

/** Two days of seals: far enough back to look at what led to an alert, or to start again from. */
const KEPT_VERSIONS = 48;
const POINTER = { pk: 'seals', sk: 'pointer' };

export interface SnapshotPlaces {
  readonly bucket: string;
  readonly table: string;
  /** Begins all keys. */
  readonly prefix?: string;
}

/** Snapshots as S3 objects, and the pointer as an item that only moves by one. */
export function s3SnapshotStore(
  { s3, dynamo }: { readonly s3: S3Client; readonly dynamo: DynamoDBDocumentClient },
  { bucket, table, prefix = '' }: SnapshotPlaces,
): SnapshotStore {
  const pointer = async (): Promise<SnapshotPointer | undefined> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: POINTER, ConsistentRead: true }));
    return Item && { sealedThrough: numberOf(Item, 'sealedThrough'), version: numberOf(Item, 'version') };
  };

  return {
    pointer,
    async load(version) {
      const packed = await getObject(s3, bucket, snapshotKey(version));
      if (packed === undefined) throw new RangeError(`there is no snapshot ${version}`);
      return unpackBytes(packed);
    },
    async begin(version, inputs) {
      if (await putNewObject(s3, bucket, inputsKey(version), packBytes(inputs))) return inputs.slice();
      const first = await getObject(s3, bucket, inputsKey(version));
      // Refused, since somebody was just writing it: the seal is tried again
      if (first === undefined) throw new UnreadableItemError(`inputs of seal ${version} can't be read yet`);
      return unpackBytes(first);
    },
    async save(version, bytes) {
      const current = await pointer();
      // Pointed at, hence right as it is: who comes now was taken for dead
      if (current !== undefined && current.version >= version) return;
      await putObject(s3, bucket, snapshotKey(version), packBytes(bytes));
    },
    async advance({ sealedThrough, version }) {
      const put = new PutCommand({
        TableName: table,
        Item: { ...POINTER, sealedThrough, version },
        ConditionExpression: version === 1 ? 'attribute_not_exists(pk)' : 'version = :before',
        ...(version !== 1 && { ExpressionAttributeValues: { ':before': version - 1 } }),
      });
      if (!(await wrote(dynamo.send(put)))) return false;
      const old = version - KEPT_VERSIONS;
      if (old > 0) await deleteObjects(s3, bucket, [snapshotKey(old), inputsKey(old)]);
      return true;
    },
  };

  function snapshotKey(version: number): string {
    return `${prefix}snapshots/${String(version).padStart(9, '0')}.state`;
  }

  function inputsKey(version: number): string {
    return `${prefix}snapshots/${String(version).padStart(9, '0')}.inputs`;
  }
}
