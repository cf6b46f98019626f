import type { EpochMs } from '@portcullis/event';
import { boundedChains, type LiveSettings, observeBatch } from '@portcullis/pipeline/live';
import type { MemoryPorts, Shard } from '@portcullis/pipeline/twins';
import { BATCH_RECORDS, busyMs, counted, WINDOW_MS, type Work } from './capacity.ts';

/** A batch as it was done. */
export interface Done {
  readonly shard: string;
  readonly work: Work;
  readonly busyMs: number;
  /** When its first record came, and how long that one waited until it was counted. */
  readonly arrivedAt: EpochMs;
  readonly lagMs: number;
}

interface Reader {
  position: number;
  freeAt: EpochMs;
  /** When each record came. */
  readonly arrivals: EpochMs[];
  readonly cache: ReturnType<typeof boundedChains>;
}

/** Reads shards as Lambda does, one batch of a shard at a time, in virtual time: a batch takes what its work takes. */
export function shardReaders(ports: MemoryPorts, settings: LiveSettings) {
  const readers = new Map<string, Reader>();
  const done: Done[] = [];

  const readerOf = ({ id, records }: Shard, now: EpochMs): Reader => {
    const reader = readers.get(id) ?? { position: 0, freeAt: 0, arrivals: [], cache: boundedChains() };
    readers.set(id, reader);
    while (reader.arrivals.length < records.length) reader.arrivals.push(now);
    return reader;
  };

  const readOne = async (shard: Shard, reader: Reader, startsAt: EpochMs) => {
    const { position, arrivals, cache } = reader;
    const arrivedAt = arrivals[position] ?? startsAt;
    const there = arrivals.slice(position, position + BATCH_RECORDS).filter((at) => at <= startsAt).length;
    const batch = shard.records
      .slice(position, position + there)
      .map(({ sequence, data }) => ({ shardId: shard.id, sequence: String(sequence), data }));
    const work: Work = { events: 0, calls: 0, bytesRead: 0, bytesWritten: 0 };
    const { failed, errors, events } = await observeBatch(batch, counted(ports, work), { settings, cache });
    if (failed.length > 0) throw new Error(`records failed: ${errors.join(', ')}`);
    work.events = events;
    reader.position += there;
    reader.freeAt = startsAt + busyMs(work);
    done.push({ shard: shard.id, work, busyMs: busyMs(work), arrivedAt, lagMs: reader.freeAt - arrivedAt });
  };

  return {
    done: done as readonly Done[],
    /** Starts all batches that can start by `now`; what is in the streams has come by then. */
    async until(now: EpochMs): Promise<void> {
      for (const shard of ports.stream.shards()) {
        const reader = readerOf(shard, now);
        while (reader.position < reader.arrivals.length) {
          const waiting = reader.arrivals.length - reader.position;
          const first = reader.arrivals[reader.position] ?? now;
          const full = waiting < BATCH_RECORDS ? undefined : reader.arrivals[reader.position + BATCH_RECORDS - 1];
          const startsAt = Math.max(reader.freeAt, Math.min(first + WINDOW_MS, full ?? Number.POSITIVE_INFINITY));
          if (startsAt > now) break;
          await readOne(shard, reader, startsAt);
        }
      }
    },
  };
}
