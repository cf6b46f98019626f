import { parseSettings } from '@portcullis/config';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { labNetworks, type Random } from '@portcullis/lab';
import {
  boundedChains,
  type ChainCache,
  type LivePorts,
  liveSettings,
  observeBatch,
  publishOutbox,
  type RouteContext,
  rememberedRouting,
  route,
  routeContext,
  tick,
} from '@portcullis/pipeline/live';
import { type MemoryPorts, memoryPorts } from '@portcullis/pipeline/twins';
import type { Delivery, FaultWorld } from './fault-world.ts';
import { aimedFaults, countFault, type FaultCounts, type FaultPlan, faultyPorts } from './faults.ts';
import type { Mutation } from './mutations.ts';
import { createScheduler, type Process } from './scheduler.ts';

/** Little is needed to tell something: what is told is compared, not how much it takes. */
export const SETTINGS = parseSettings({ alerts: { budgetPer100ActorsPerWeek: 100, closeAfterHours: 1 } }, 'faults');
export const { ingest, reading } = routeContext(
  { settings: liveSettings(SETTINGS), network: labNetworks() },
  { routing: memoryPorts().routing },
);

export interface Run {
  readonly ports: MemoryPorts;
  readonly faults: FaultCounts;
  readonly steps: number;
  /** Lines of logs beside CloudTrail's that were said to be too late; again where a batch was done again. */
  readonly dropped: number;
  /** Origins of activity records that nobody can read. */
  readonly poisonedActivity: readonly string[];
  /** Published before it was kept, if anything was. */
  readonly toldUnkept: readonly string[];
  /** That no platform would try again. */
  readonly errors: readonly unknown[];
}

/**
 * Delivers a world to the live lane as the platform would on its bad days: each batch until it has been done, shards in order, parents
 * first, and processes that die, are held up, or fail for now between any two effects.
 */
export async function runPlatform(world: FaultWorld, random: Random, mutation?: Mutation): Promise<Run> {
  const scheduler = createScheduler(random);
  const clock = { now: world.deliveries[0]?.arrivesAt ?? 0 };
  const base = memoryPorts({
    shards: random.int(1, 3),
    maxSegmentBytes: random.pick([1800, 4000, 380_000]),
    maxRecordBytes: random.pick([900, 3000, 900_000]),
    clock: () => clock.now,
  });
  const toldUnkept = watchSink(base);
  const settings = liveSettings(SETTINGS, {
    segmentBytes: random.pick([900, 3000, 48_000]),
    eventsPerSplit: random.pick([6, 20, 200_000]),
    leaseMs: MINUTE_MS,
  });
  for (const decision of world.decisions) await base.decisions.add(decision);
  const plan: FaultPlan = {
    ...{ random, scheduler, counts: new Map(), rate: 0.012, left: random.int(6, 30) },
    ...{ aimed: aimedFaults(random), calls: new Map() },
  };
  const { counts } = plan;
  const poisonedActivity: string[] = [];
  const errors: unknown[] = [];
  const raw: Delivery[] = [...world.deliveries];
  const positions = new Map<string, number>();
  const busy = new Set<string>();
  let serial = 0;
  let caches: ChainCache = boundedChains(random.pick([1, 64_000_000]));
  let routing: RouteContext = { ingest, reading, routingOf: rememberedRouting(base.routing, settings) };
  const pace = ((world.deliveries.at(-1)?.arrivesAt ?? clock.now) - clock.now) / random.int(600, 1600);
  let lastTick = 0;
  let dropped = 0;
  let lastPublish = 0;
  let finishing = false;

  await scheduler.run(between);
  return { ports: base, faults: counts, steps: scheduler.step, dropped, poisonedActivity, toldUnkept, errors };

  function between(idle: boolean): void {
    moveClock(idle);
    for (const lane of ['route 0', 'route 1']) if (!busy.has(lane)) startRoute(lane);
    for (const shard of base.stream.shards()) {
      const ready = shard.parents.every((id) => !busy.has(id) && isRead(id));
      if (ready && !busy.has(shard.id)) startObserve(shard.id);
    }
    reshard();
    if (!busy.has('tick') && (idle || scheduler.step - lastTick > 60) && !isDone()) startTick();
    if (!busy.has('publish') && (idle || scheduler.step - lastPublish > 90) && !isDone()) startPublish();
  }

  /** @param ended - told once, when the lane is free again, however that came about */
  function start(lane: string, work: (ports: LivePorts, now: EpochMs) => Promise<void>, ended = () => {}): void {
    busy.add(lane);
    const skewMs = random.chance(0.1) ? random.int(-5, 5) * MINUTE_MS : 0;
    if (skewMs !== 0) countFault(plan, 'clock skew');
    const process: Process = { name: `${lane} ${serial++}`, skewMs, dead: false, abandoned: false };
    const free = () => {
      busy.delete(lane);
      ended();
    };
    const replace = () => {
      // A new container comes in its place
      caches = boundedChains();
      routing = { ...routing, routingOf: rememberedRouting(base.routing, settings) };
      free();
    };
    const ports = faultyPorts(mutation?.ports?.(base) ?? base, process, plan, replace);
    scheduler
      .point(process)
      .then(() => work(ports, clock.now + skewMs))
      .catch((error: unknown) => {
        if (!isForNow(error)) errors.push(error);
      })
      .finally(() => {
        if (!process.abandoned) free();
      });
  }

  /** Virtual time goes on with the turns, so that hours are sealed while others are on their way; nobody waits idly. */
  function moveClock(idle: boolean): void {
    clock.now += pace;
    if (!idle || raw.length === 0) return;
    clock.now = Math.max(clock.now, Math.min(...raw.map(({ arrivesAt }) => arrivesAt)));
  }

  function startRoute(lane: string): void {
    const due = raw.filter(({ arrivesAt }) => arrivesAt <= clock.now).slice(0, random.int(1, 4));
    if (due.length === 0) return;
    raw.splice(0, raw.length, ...raw.filter((one) => !due.includes(one)));
    const again = (one: Delivery) => {
      if (!raw.includes(one)) raw.unshift(one);
    };
    const done = new Set<Delivery>();
    const work = async (ports: LivePorts, now: EpochMs) => {
      const batch = due.map(({ id, bytes }) => ({ id, origin: id, bytes }));
      const { failed } = await route('stream', batch, ports, routing, now);
      for (const one of due) if (!failed.includes(one.id)) done.add(one);
    };
    start(lane, work, () => {
      for (const one of due) if (!done.has(one)) again(one);
    });
  }

  function startObserve(shardId: string): void {
    const records = base.stream.shards().find(({ id }) => id === shardId)?.records ?? [];
    const from = positions.get(shardId) ?? 0;
    const batch = records.slice(from, from + random.int(1, 12));
    if (batch.length === 0) return;
    if (mutation?.positionEarly) positions.set(shardId, from + batch.length);
    const delivered = batch.map(({ sequence, data }) => ({ shardId, sequence: String(sequence), data }));
    let finished: readonly string[] | undefined;
    const work = async (ports: LivePorts) => {
      const cache = mutation?.noCache ? boundedChains(1) : caches;
      const observed = await observeBatch(delivered, ports, { settings, cache });
      dropped += observed.dropped;
      finished = observed.failed;
    };
    start(shardId, work, () => {
      if (mutation?.positionEarly || finished === undefined) return;
      const lowest = Math.min(...finished.map(Number), from + batch.length);
      positions.set(shardId, Math.max(lowest, positions.get(shardId) ?? 0));
    });
  }

  function startTick(): void {
    lastTick = scheduler.step;
    if (raw.length === 0 && !busy.has('route 0') && !busy.has('route 1')) finishing = true;
    const past = world.end + 3 * HOUR_MS;
    start('tick', async (ports, now) => {
      if (finishing) {
        const last = { account: 'end', region: 'end', eventTime: past, arrivedAt: past } as const;
        await base.progress.reach([{ lane: 'stream', ...last }]);
      }
      await tick(`tick ${serial}`, ports, settings, now);
    });
  }

  function startPublish(): void {
    lastPublish = scheduler.step;
    start('publish', async (ports, now) => {
      const publish = mutation?.publish ?? publishOutbox;
      await publish(partialSink(ports), now);
    });
  }

  /** The bus takes some and not others. */
  function partialSink(ports: LivePorts): LivePorts {
    return {
      ...ports,
      sink: {
        async publish(events) {
          const refused = new Set(events.map((_, at) => at).filter(() => plan.left > 0 && random.chance(0.1)));
          if (refused.size > 0) countFault(plan, 'partial publish');
          await ports.sink.publish(events.filter((_, at) => !refused.has(at)));
          return new Map([...refused].map((at) => [at, 'refused']));
        },
      },
    };
  }

  function reshard(): void {
    if (!random.chance(0.002) || finishing) return;
    const open = base.stream.shards().filter((shard) => shard.open);
    if (open.length > 6) return;
    const { id } = random.pick(open);
    if (random.chance(0.6)) base.stream.split(id);
    else base.stream.merge(id);
    countFault(plan, 'resharding');
    if (!random.chance(0.5)) return;
    // Somebody else's bytes
    const shard = random.pick(base.stream.shards().filter((one) => one.open));
    poisonedActivity.push(`${shard.id}/${shard.records.length}`);
    base.stream.inject(shard.id, Buffer.from('no activity'));
    countFault(plan, 'poisoned record');
  }

  function isRead(id: string): boolean {
    const shard = base.stream.shards().find((one) => one.id === id);
    return shard === undefined || (positions.get(id) ?? 0) >= shard.records.length;
  }

  function isDone(): boolean {
    return finishing && finalDone();
  }

  function finalDone(): boolean {
    if (raw.length > 0 || base.segments.unsealed().length > 0) return false;
    const published = base.alerts.all().every((one) => one.published !== undefined);
    return published && base.stream.shards().every(({ id }) => isRead(id));
  }
}

/** Notes what is published without being kept. */
function watchSink({ sink, alerts }: MemoryPorts): readonly string[] {
  const unkept: string[] = [];
  const publish = sink.publish.bind(sink);
  sink.publish = (events) => {
    const kept = new Set(alerts.all().map(({ entry }) => entry.key));
    for (const { detail } of events) {
      if (!kept.has(detail.metadata.idempotencyKey)) unkept.push(detail.metadata.idempotencyKey);
    }
    return publish(events);
  };
  return unkept;
}

/** What a platform tries again. */
function isForNow(error: unknown): boolean {
  return error instanceof Error && ['ThrottledError', 'SegmentContentionError', 'RangeError'].includes(error.name);
}
