import {
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
} from '@aws-sdk/client-kinesis';
import type { ActivityRecord, ActivityStream } from '@portcullis/pipeline/live';
import { StillRefusedError, TooLargeError } from './errors.ts';
import { waitBeforeTry } from './wait.ts';

/** Limits of PutRecords: records, and bytes of data and keys; it was 5 MiB for years and 10 MiB is not everywhere yet. */
const RECORDS_PER_REQUEST = 500;
const BYTES_PER_REQUEST = 5 * 1024 * 1024;
/** A record with its key may have 1 MiB unless the stream says otherwise. */
const MAX_RECORD_BYTES = 900_000;
/** With the waits between them some 10 s: a hot shard is let go of, and the caller's batch tried again as a whole. */
const MAX_TRIES = 10;
const MAX_LISTINGS = 5;
const MARK_KEY = 'mark';

/**
 * The stream of packed events, on Kinesis.
 *
 * PutRecords keeps no order among the records of a request, so a request has at most one of each key, and a key whose record was
 * refused waits with all that follows.
 */
export function kinesisActivityStream(kinesis: KinesisClient, streamName: string): ActivityStream {
  const put = async (records: readonly PutRecordsRequestEntry[]) => {
    const response = await kinesis.send(new PutRecordsCommand({ StreamName: streamName, Records: [...records] }));
    return response.Records ?? [];
  };

  return {
    maxRecordBytes: MAX_RECORD_BYTES,
    async put(records) {
      for (const { key, data } of records) {
        if (data.length > MAX_RECORD_BYTES) throw new TooLargeError(`record of ${key}`, data.length, MAX_RECORD_BYTES);
      }
      const queues = byKey(records);
      for (let attempt = 0; queues.size > 0 && attempt < MAX_TRIES; attempt++) {
        if (attempt > 0) await waitBeforeTry(attempt);
        let refused: boolean;
        do {
          const heads = firstOfEach(queues);
          const answers = await put(heads.map(({ key, data }) => ({ PartitionKey: key, Data: data })));
          const taken = heads.filter((_, index) => answers[index]?.SequenceNumber !== undefined);
          for (const { key } of taken) drop(queues, key);
          refused = taken.length < heads.length;
          if (taken.length > 0) attempt = 0;
        } while (!refused && queues.size > 0);
      }
      return [...queues.values()].flat();
    },
    async mark(data) {
      const marked = new Set<string>();
      for (let listing = 0; listing < MAX_LISTINGS; listing++) {
        const shards = await openShards(kinesis, streamName);
        const missing = shards.filter(({ id }) => !marked.has(id));
        if (missing.length === 0) return shards.map(({ id }) => id);
        if (listing > 0) await waitBeforeTry(listing);
        for (let i = 0; i < missing.length; i += RECORDS_PER_REQUEST) {
          const entries = missing.slice(i, i + RECORDS_PER_REQUEST);
          const answers = await put(
            entries.map(({ hashKey }) => ({ PartitionKey: MARK_KEY, ExplicitHashKey: hashKey, Data: data })),
          );
          // Where a shard was split in between, the mark says which one it went to
          for (const { ShardId } of answers) if (ShardId !== undefined) marked.add(ShardId);
        }
      }
      throw new StillRefusedError(`marking ${streamName}`, 1, 'shards that change, or take no record');
    },
  };
}

function byKey(records: readonly ActivityRecord[]): Map<string, ActivityRecord[]> {
  const queues = new Map<string, ActivityRecord[]>();
  for (const record of records) {
    const queue = queues.get(record.key);
    if (queue === undefined) queues.set(record.key, [record]);
    else queue.push(record);
  }
  return queues;
}

/** The next record of as many keys as one request takes. */
function firstOfEach(queues: ReadonlyMap<string, readonly ActivityRecord[]>): readonly ActivityRecord[] {
  const heads: ActivityRecord[] = [];
  let bytes = 0;
  for (const [key, [head]] of queues) {
    if (head === undefined) continue;
    bytes += head.data.length + Buffer.byteLength(key);
    if (heads.length === RECORDS_PER_REQUEST || bytes > BYTES_PER_REQUEST) break;
    heads.push(head);
  }
  return heads;
}

function drop(queues: Map<string, ActivityRecord[]>, key: string): void {
  const queue = queues.get(key);
  queue?.shift();
  if (queue?.length === 0) queues.delete(key);
}

interface OpenShard {
  readonly id: string;
  /** Any hash key that falls into the shard; its first. */
  readonly hashKey: string;
}

async function openShards(kinesis: KinesisClient, streamName: string): Promise<readonly OpenShard[]> {
  const shards: OpenShard[] = [];
  let request: ListShardsCommandInput = { StreamName: streamName };
  for (;;) {
    const page = await kinesis.send(new ListShardsCommand(request));
    for (const { ShardId, HashKeyRange, SequenceNumberRange } of page.Shards ?? []) {
      if (ShardId === undefined || HashKeyRange?.StartingHashKey === undefined) continue;
      // A closed shard has an end
      if (SequenceNumberRange?.EndingSequenceNumber === undefined) {
        shards.push({ id: ShardId, hashKey: HashKeyRange.StartingHashKey });
      }
    }
    if (page.NextToken === undefined) return shards;
    request = { NextToken: page.NextToken };
  }
}
