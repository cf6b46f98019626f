import { defaultSettings } from '@portcullis/config';
import { type EpochIndex, epochOf, epochStart, HOUR_MS, MINUTE_MS, SECOND_MS } from '@portcullis/event';
import { labNetworks, randomStream } from '@portcullis/lab';
import {
  decodeBaseline,
  decodeDelta,
  decodeSegment,
  EventHashes,
  encodeSegment,
  liveSettings,
  route,
  routeContext,
  type Sealed,
  type SegmentKey,
  tick,
} from '@portcullis/pipeline/live';
import { type MemoryPorts, memoryPorts } from '@portcullis/pipeline/twins';
import { describe, expect, it } from 'vitest';
import { WINDOW_MS } from './capacity.ts';
import { type Done, shardReaders } from './read-shards.ts';
import { EVENTS_PER_SECOND, traffic } from './traffic.ts';

const SHARDS = 4;
const SECONDS = 12;
const HOUR: EpochIndex = epochOf(Date.UTC(2026, 2, 2, 12));
const HOT_PER_HOUR = 0.6 * EVENTS_PER_SECOND * 3600;
const settings = liveSettings(defaultSettings);

interface Run {
  readonly ports: MemoryPorts;
  readonly done: readonly Done[];
  /** Over how many keys the hot role went. */
  readonly splits: number;
  readonly hotId: string;
}

/** @param before - what is there when the traffic begins */
async function run(before?: (ports: MemoryPorts, hotId: string) => Promise<void>): Promise<Run> {
  const ports = memoryPorts({ shards: SHARDS });
  const hotId = await hotActor();
  await before?.(ports, hotId);
  const context = routeContext({ settings, network: labNetworks() }, ports);
  const readers = shardReaders(ports, settings);
  const start = epochStart(HOUR) + 40 * MINUTE_MS;
  let now = start;
  for (const containers of traffic(start, SECONDS)) {
    now += SECOND_MS;
    for (const half of [containers.slice(0, 10), containers.slice(10)])
      await route('stream', half, ports, context, now);
    await readers.until(now);
  }
  await readers.until(Number.POSITIVE_INFINITY);
  const splits = (await context.routingOf(HOUR))[hotId] ?? 1;
  return { ports, done: readers.done, splits, hotId };
}

/** Whom ingest takes the hot role for. */
async function hotActor(): Promise<string> {
  const ports = memoryPorts({ shards: 1 });
  const context = routeContext({ settings, network: labNetworks() }, ports);
  const [containers = []] = traffic(epochStart(HOUR), 1);
  await route('stream', containers, ports, context, Number.POSITIVE_INFINITY);
  const keys = ports.stream
    .shards()
    .flatMap(({ records }) => records.map(({ key, data }) => ({ key, size: data.length })));
  return keys.toSorted((a, b) => b.size - a.size)[0]?.key ?? '';
}

/** Forty minutes of its first hour, during which nobody could know that one key would be too narrow. */
async function fortyMinutes(ports: MemoryPorts, actorId: string): Promise<void> {
  const random = randomStream('hashes');
  const { ports: fresh } = await firstMinutes();
  const some = fresh.segments.all().find(({ key }) => key.actorId === actorId);
  if (some === undefined) throw new Error('the hot role was not counted');
  const { delta, hashes } = decodeSegment(some.bytes);
  const perPart = hashes.size;
  for (let part = 0; part * perPart < (HOT_PER_HOUR * 40) / 60; part++) {
    const own = new EventHashes();
    while (own.size < perPart) own.add(random.int(-(2 ** 31), 2 ** 31 - 1), random.int(1, 2 ** 31 - 1));
    const key: SegmentKey = { sealEpoch: HOUR, actorId, epoch: HOUR, split: 0, part };
    await ports.segments.save(key, encodeSegment({ full: true, hashes: own, delta }), 0);
  }
}

async function knownAsHot({ routing }: MemoryPorts, actorId: string): Promise<void> {
  await routing.tell(HOUR - 1, { [actorId]: HOT_PER_HOUR });
}

function figures(done: readonly Done[]) {
  const busy = [...Map.groupBy(done, ({ shard }) => shard).values()].map((all) =>
    all.reduce((sum, one) => sum + one.busyMs, 0),
  );
  return {
    /** Share of its time that a shard's reader works. */
    busiest: Math.max(...busy) / (SECONDS * SECOND_MS),
    longestLag: Math.max(...done.map(({ lagMs }) => lagMs)),
  };
}

let first: Promise<Run> | undefined;
let later: Promise<Run> | undefined;

function firstMinutes(): Promise<Run> {
  first ??= run();
  return first;
}

function hoursAfter(): Promise<Run> {
  later ??= run(knownAsHot);
  return later;
}

describe(`an account of ${EVENTS_PER_SECOND} events a second, 60 % by one role`, () => {
  it.each([
    { running: firstMinutes, splits: 1, busiest: 0.8, windows: 3, why: 'the first minutes' },
    // The first batch reads all of the hour so far
    {
      running: () => run(fortyMinutes),
      splits: 1,
      busiest: 0.9,
      windows: 4,
      why: 'the first hour, forty minutes into it',
    },
    { running: hoursAfter, splits: 22, busiest: 0.5, windows: 3, why: 'the hours after, when it is known to be hot' },
  ])('is kept up with: $why', async ({ running, splits, busiest, windows }) => {
    const { done, splits: found } = await running();
    const seen = figures(done);

    expect(found).toBe(splits);
    expect(done.reduce((sum, { work }) => sum + work.events, 0)).toBe(EVENTS_PER_SECOND * SECONDS);
    // A reader that is not busy all the time catches up with whatever was left waiting
    expect(seen.busiest).toBeLessThan(busiest);
    expect(seen.longestLag).toBeLessThan(windows * WINDOW_MS);
  });

  it('is sealed as one hour of one role, whatever it was split over', async () => {
    const { ports, hotId } = await hoursAfter();
    const parts = ports.segments.all().filter(({ key }) => key.actorId === hotId);
    const past = epochStart(HOUR) + 3 * HOUR_MS;
    await ports.progress.reach([{ lane: 'stream', account: 'end', region: 'end', eventTime: past, arrivedAt: past }]);
    const readers = shardReaders(ports, settings);
    const sealed: Sealed[] = [];
    for (let i = 0; i < 2; i++) {
      sealed.push(...(await tick(`tick ${i}`, ports, settings, past)).sealed);
      await readers.until(Number.POSITIVE_INFINITY);
    }

    expect(new Set(parts.map(({ key }) => key.split)).size).toBe(22);
    expect(sealed.map(({ events }) => events)).toEqual([EVENTS_PER_SECOND * SECONDS]);
    const baseline = ports.baselines.latest().get(hotId);
    const counted = parts.reduce((sum, { bytes }) => sum + decodeDelta(decodeSegment(bytes).delta).events, 0);
    expect(baseline && decodeBaseline(baseline.bytes).events).toBe(counted);
    expect(counted / (EVENTS_PER_SECOND * SECONDS)).toBeCloseTo(0.6, 1);
  });
});
