import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { DeliveredRecord } from '@portcullis/pipeline/live';
import { listShards, type ShardReader, shardReader } from './read-stream.ts';

/** Reads a stream from its beginning, all its shards one after the other, for whoever is its only consumer. */
export function shardRecords(kinesis: KinesisClient, streamName: string): () => Promise<readonly DeliveredRecord[]> {
  const readers = new Map<string, ShardReader>();
  return async () => {
    if (readers.size === 0) {
      for (const { id } of await listShards(kinesis, streamName)) readers.set(id, shardReader(kinesis, streamName, id));
    }
    const records: DeliveredRecord[] = [];
    for (const [shardId, read] of readers) {
      for (const { sequenceNumber, data } of await read()) records.push({ shardId, sequence: sequenceNumber, data });
    }
    return records;
  };
}
