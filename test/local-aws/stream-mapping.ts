import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { listShards, type ShardReader, type StreamRecord, shardReader } from '@portcullis/aws';
import { type DeliveryPolicy, deliverBatch } from './deliver-batch.ts';

export interface StreamMapping {
  readonly functionName: string;
  readonly streamName: string;
  readonly batchSize: number;
  /** Batches of one shard at a time; a key keeps to one of them. */
  readonly parallelizationFactor: number;
  readonly policy: DeliveryPolicy;
  /** Bucket that gets what the function could not do. */
  readonly failures: string;
}

/** What carries a stream's records to a function. */
export interface Mapping {
  /** Delivers what is there. @returns how many records or messages that were */
  pump(): Promise<number>;
}

/** Bytes of records in an invocation, before base64. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** A Kinesis event source mapping: each shard in order, a parent before its children, several batches of a shard by key. */
export function streamMapping(
  { kinesis, s3 }: { readonly kinesis: KinesisClient; readonly s3: S3Client },
  mapping: StreamMapping,
  invoke: (event: unknown) => Promise<unknown>,
): Mapping {
  const { streamName, parallelizationFactor } = mapping;
  const readers = new Map<string, ShardReader>();
  const ended = new Set<string>();

  const pumpShard = async (shardId: string, read: ShardReader): Promise<number> => {
    const records = await read();
    const lanes = Map.groupBy(records, ({ key }) => laneOf(key, parallelizationFactor));
    // The position in the shard moves once all of them are through
    await Promise.all(
      [...lanes.values()].map(async (lane) => {
        for (const batch of batchesOf(lane, mapping.batchSize)) await deliver(shardId, batch);
      }),
    );
    return records.length;
  };

  const deliver = (shardId: string, batch: readonly StreamRecord[]) =>
    deliverBatch(batch, {
      policy: mapping.policy,
      idOf: ({ sequenceNumber }) => sequenceNumber,
      arrivedAt: ({ arrivedAt }) => arrivedAt,
      now: Date.now,
      wait: sleep,
      invoke: (records) => invoke({ Records: records.map((record) => eventRecord(streamName, shardId, record)) }),
      discard: async (records, condition) => {
        const [first] = records;
        await s3.send(
          new PutObjectCommand({
            Bucket: mapping.failures,
            Key: `aws/lambda/${mapping.functionName}/${shardId}/${first?.sequenceNumber}`,
            Body: JSON.stringify({
              requestContext: { condition },
              payload: { Records: records.map((record) => eventRecord(streamName, shardId, record)) },
            }),
          }),
        );
      },
    });

  return {
    async pump() {
      const shards = await listShards(kinesis, streamName);
      const pumped = await Promise.all(
        shards.map(async ({ id, parents }) => {
          if (parents.some((parent) => !ended.has(parent) && shards.some((shard) => shard.id === parent))) return 0;
          const reader = readers.get(id) ?? shardReader(kinesis, streamName, id);
          readers.set(id, reader);
          const count = await pumpShard(id, reader);
          if (count === 0 && shards.some((shard) => shard.parents.includes(id))) ended.add(id);
          return count;
        }),
      );
      return pumped.reduce((sum, count) => sum + count, 0);
    },
  };
}

function* batchesOf(records: readonly StreamRecord[], batchSize: number): Generator<readonly StreamRecord[]> {
  let batch: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    if (batch.length === batchSize || (batch.length > 0 && bytes + record.data.length > MAX_BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += record.data.length;
  }
  if (batch.length > 0) yield batch;
}

function laneOf(key: string, lanes: number): number {
  return createHash('md5').update(key).digest().readUInt32BE(0) % lanes;
}

/** A record in the form in which Lambda hands it over. */
function eventRecord(streamName: string, shardId: string, record: StreamRecord): object {
  return {
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/mapping',
    awsRegion: 'eu-west-1',
    eventSourceARN: `arn:aws:kinesis:eu-west-1:123456789012:stream/${streamName}`,
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.key,
      sequenceNumber: record.sequenceNumber,
      data: Buffer.from(record.data).toString('base64'),
      approximateArrivalTimestamp: record.arrivedAt / 1000,
    },
  };
}
