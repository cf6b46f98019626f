import type { Settings } from '@portcullis/config';
import type { Decision, PortcullisEvent } from '@portcullis/contract';
import { type EpochMs, HOUR_MS, type NetworkLookup } from '@portcullis/event';
import {
  boundedChains,
  type DeliveredRecord,
  liveSettings,
  observeBatch,
  publishOutbox,
  type RawRecord,
  route,
  routeContext,
  tick,
} from '@portcullis/pipeline/live';
import { type MemoryPorts, memoryPorts } from '@portcullis/pipeline/twins';

export interface RunLiveOptions {
  readonly settings: Settings;
  readonly network: NetworkLookup;
  readonly alertAfter?: EpochMs;
  /** Event time of the last record, after which all is sealed. */
  readonly end: EpochMs;
  readonly decisions?: readonly Decision[];
  readonly maxSegmentBytes?: number;
  readonly eventsPerSplit?: number;
  readonly segmentBytes?: number;
}

export interface LiveRun {
  readonly events: readonly PortcullisEvent[];
  readonly ports: MemoryPorts;
  readonly counted: number;
  readonly late: number;
}

/** Raw records through the live lane in memory, one at a time, in order: the shortest way from bytes to the bus. */
export async function runLive(raw: Iterable<RawRecord>, options: RunLiveOptions): Promise<LiveRun> {
  const {
    settings: pipeline,
    network,
    alertAfter,
    end,
    decisions = [],
    maxSegmentBytes,
    eventsPerSplit,
    segmentBytes,
  } = options;
  const ports = memoryPorts({ ...(maxSegmentBytes === undefined ? {} : { maxSegmentBytes }) });
  const settings = liveSettings(pipeline, {
    ...(alertAfter === undefined ? {} : { alertAfter }),
    ...(eventsPerSplit === undefined ? {} : { eventsPerSplit }),
    ...(segmentBytes === undefined ? {} : { segmentBytes }),
  });
  const routing = routeContext({ settings, network }, ports);
  const observing = { settings, cache: boundedChains() };
  const read = new Map<string, number>();
  const sums = { counted: 0, late: 0 };
  for (const decision of decisions) await ports.decisions.add(decision);
  let ticks = 0;
  const step = async () => {
    await drain();
    // Once for the mark, once for what it lets through
    for (let i = 0; i < 2; i++) {
      await tick(`run ${ticks++}`, ports, settings, end);
      await drain();
    }
  };
  const drain = async () => {
    for (const { id, records } of ports.stream.shards()) {
      const from = read.get(id) ?? 0;
      const batch = records
        .slice(from)
        .map(({ data, sequence }): DeliveredRecord => ({ shardId: id, sequence: String(sequence), data }));
      if (batch.length === 0) continue;
      const { failed, counted, late, errors } = await observeBatch(batch, ports, observing);
      if (failed.length > 0) throw new Error(`records failed: ${errors.join(', ')}`);
      sums.counted += counted;
      sums.late += late;
      read.set(id, records.length);
    }
  };
  for (const batch of batched(raw, 6)) {
    const { failed, errors } = await route('s3', batch, ports, routing, end + 24 * HOUR_MS);
    if (failed.length > 0) throw new Error(`raw records failed: ${errors.join(', ')}`);
    await step();
  }
  const past = end + 3 * HOUR_MS;
  await ports.progress.reach([{ lane: 's3', account: 'end', region: 'end', eventTime: past, arrivedAt: past }]);
  for (let i = 0; i < 5; i++) await step();
  await publishOutbox(ports, end);
  return { events: ports.sink.received(), ports, ...sums };
}

function* batched<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
