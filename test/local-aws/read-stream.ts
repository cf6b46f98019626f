import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';

/** A record as a consumer gets it. */
export interface StreamRecord {
  readonly key: string;
  readonly data: Uint8Array;
  readonly sequenceNumber: string;
}

/** All that is in a stream, by shard, from its beginning. */
export async function readStream(
  kinesis: KinesisClient,
  streamName: string,
): Promise<ReadonlyMap<string, readonly StreamRecord[]>> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
  const shards = new Map<string, readonly StreamRecord[]>();
  for (const { ShardId = '' } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName: streamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    shards.set(ShardId, await readFrom(kinesis, ShardIterator));
  }
  return shards;
}

async function readFrom(kinesis: KinesisClient, iterator: string | undefined): Promise<readonly StreamRecord[]> {
  const all: StreamRecord[] = [];
  for (let from = iterator; from !== undefined; ) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: from }));
    const records = page.Records ?? [];
    if (records.length === 0 && (page.MillisBehindLatest ?? 0) === 0) return all;
    all.push(
      ...records.map(({ PartitionKey = '', Data, SequenceNumber = '' }) => ({
        key: PartitionKey,
        data: new Uint8Array(Data ?? []),
        sequenceNumber: SequenceNumber,
      })),
    );
    from = page.NextShardIterator;
  }
  return all;
}
