import type { ActivityRecord, ActivityStream } from '../ports.ts';

/** A record as a shard holds it. */
export interface ShardRecord extends ActivityRecord {
  /** Position within its shard, from 0. */
  readonly sequence: number;
}

export interface Shard {
  readonly id: string;
  /** To be read to their end before this one. */
  readonly parents: readonly string[];
  readonly open: boolean;
  readonly records: readonly ShardRecord[];
}

/** A stream of shards in memory that can be split and merged. */
export interface MemoryStream extends ActivityStream {
  shards(): readonly Shard[];
  /** Puts bytes into a shard as somebody else might. */
  inject(id: string, data: Uint8Array): void;
  /** Halves the keys of an open shard. */
  split(id: string): void;
  /** Joins an open shard with the open one whose keys follow. */
  merge(id: string): void;
}

/** Keys are spread over this range, as over the hash keys of Kinesis. */
const RANGE = 2 ** 32;

interface OwnShard {
  readonly id: string;
  readonly parents: readonly string[];
  readonly from: number;
  readonly to: number;
  open: boolean;
  readonly records: ShardRecord[];
}

export function memoryStream(shardCount = 2, maxRecordBytes = 900_000): MemoryStream {
  const shards: OwnShard[] = [];
  const begin = (from: number, to: number, parents: readonly string[]) => {
    const id = `shard-${String(shards.length).padStart(4, '0')}`;
    shards.push({ id, parents, from, to, open: true, records: [] });
  };
  for (let i = 0; i < shardCount; i++) begin((RANGE / shardCount) * i, (RANGE / shardCount) * (i + 1), []);
  const open = () => shards.filter((shard) => shard.open);
  const append = (shard: OwnShard, record: ActivityRecord) => {
    shard.records.push({ ...record, data: record.data.slice(), sequence: shard.records.length });
  };
  return {
    maxRecordBytes,
    shards: () => shards,
    inject(id, data) {
      const shard = open().find((known) => known.id === id);
      if (shard !== undefined) append(shard, { key: 'injected', data });
    },
    async put(records) {
      for (const record of records) {
        if (record.data.length > maxRecordBytes) throw new RangeError(`a record takes at most ${maxRecordBytes} bytes`);
      }
      for (const record of records) {
        const at = hashOf(record.key);
        const shard = open().find(({ from, to }) => at >= from && at < to);
        if (shard !== undefined) append(shard, record);
      }
      return [];
    },
    async mark(data) {
      for (const shard of open()) append(shard, { key: 'mark', data });
      return open().map(({ id }) => id);
    },
    split(id) {
      const shard = open().find((known) => known.id === id);
      if (shard === undefined || shard.to - shard.from < 2) return;
      shard.open = false;
      const middle = Math.floor((shard.from + shard.to) / 2);
      begin(shard.from, middle, [id]);
      begin(middle, shard.to, [id]);
    },
    merge(id) {
      const shard = open().find((known) => known.id === id);
      const next = open().find(({ from }) => from === shard?.to);
      if (shard === undefined || next === undefined) return;
      shard.open = false;
      next.open = false;
      begin(shard.from, next.to, [shard.id, next.id]);
    },
  };
}

/** FNV-1a with a final mix: near keys lie far apart. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
