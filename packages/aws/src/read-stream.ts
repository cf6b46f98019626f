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
  /** By the stream's clock. */
  readonly arrivedAt: number;
}

/** Reads on in one shard, from where it stopped. Empty where nothing new has come. */
export type ShardReader = () => Promise<readonly StreamRecord[]>;

export interface ListedShard {
  readonly id: string;
  readonly parents: readonly string[];
}

export async function listShards(kinesis: KinesisClient, streamName: string): Promise<readonly ListedShard[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
  return Shards.map(({ ShardId = '', ParentShardId, AdjacentParentShardId }) => ({
    id: ShardId,
    parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
  }));
}

/** A reader from the beginning of a shard. */
export function shardReader(kinesis: KinesisClient, streamName: string, shardId: string): ShardReader {
  let last: string | undefined;
  let iterator: string | undefined;
  return async () => {
    iterator ??= (
      await kinesis.send(
        new GetShardIteratorCommand({
          StreamName: streamName,
          ShardId: shardId,
          ...(last === undefined
            ? { ShardIteratorType: 'TRIM_HORIZON' }
            : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: last }),
        }),
      )
    ).ShardIterator;
    if (iterator === undefined) return [];
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 10_000 }));
    iterator = page.NextShardIterator;
    last = page.Records?.at(-1)?.SequenceNumber ?? last;
    return (page.Records ?? []).map(
      ({ PartitionKey = '', Data, SequenceNumber = '', ApproximateArrivalTimestamp }) => ({
        key: PartitionKey,
        data: new Uint8Array(Data ?? []),
        sequenceNumber: SequenceNumber,
        arrivedAt: ApproximateArrivalTimestamp?.getTime() ?? 0,
      }),
    );
  };
}

/** All that is in a stream, by shard, from its beginning. */
export async function readStream(
  kinesis: KinesisClient,
  streamName: string,
): Promise<ReadonlyMap<string, readonly StreamRecord[]>> {
  const shards = new Map<string, readonly StreamRecord[]>();
  for (const { id } of await listShards(kinesis, streamName)) {
    const read = shardReader(kinesis, streamName, id);
    const all: StreamRecord[] = [];
    for (let page = await read(); page.length > 0; page = await read()) all.push(...page);
    shards.set(id, all);
  }
  return shards;
}
