import type { Settings } from '@portcullis/config';
import { type EpochMs, epochOf, type NetworkLookup } from '@portcullis/event';
import {
  createIngest,
  type Ingest,
  type IngestResult,
  type LogGroupOf,
  type LogKind,
  type SkipReason,
} from '@portcullis/ingest';
import { encodeActivity, type LiveEvent } from './activity-codec.ts';
import { LANE_OF_SOURCE } from './lanes.ts';
import type { LiveSettings } from './live-settings.ts';
import { type LogEvent, type LogReading, logEventsOf, packLogs } from './pack-logs.ts';
import type { ActivityRecord, Lane, LaneProgress, LivePorts, RejectedRecord } from './ports.ts';
import { type RoutingOf, rememberedRouting, splitOf } from './routing.ts';

/** One container as it came: a record of the raw stream, an object, an event. */
export interface RawRecord {
  /** What a batch reports as failed. */
  readonly id: string;
  /** Shard and sequence number, bucket and key, or id of the event: where rejects say they come from. */
  readonly origin: string;
  readonly bytes: Uint8Array;
  /** What it may hold; the rest of it is not taken. Anything when absent. */
  readonly holds?: LogKind | undefined;
}

export interface RouteContext {
  readonly ingest: Ingest;
  readonly routingOf: RoutingOf;
  readonly reading: LogReading;
  readonly replay?: string | undefined;
}

export interface RouteOptions {
  readonly settings: LiveSettings;
  readonly network: NetworkLookup;
  /** Log groups whose subscriptions are taken, on the lane that they come by. */
  readonly logSources?: readonly LogGroupOf[] | undefined;
}

/** What a warm container keeps between batches. */
export function routeContext(
  { settings, network, logSources }: RouteOptions,
  ports: Pick<LivePorts, 'routing'>,
): RouteContext {
  const { limits, functions, network: networks }: Settings = settings.pipeline;
  const region = functions.region === 'unknown' ? settings.home.region : functions.region;
  return {
    ingest: createIngest({ network, region, limits, logSources }),
    reading: { network, owners: networks.owners, region },
    routingOf: rememberedRouting(ports.routing, settings),
    replay: settings.replay,
  };
}

/** `read` = `events` + `lines` + `rejected` + all `skipped`; what is too large for the stream is also in the first or second. */
export interface Routed {
  /** Ids of raw records to be delivered again. */
  readonly failed: readonly string[];
  readonly read: number;
  readonly events: number;
  /** Of logs beside CloudTrail's. */
  readonly lines: number;
  readonly rejected: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Why records failed, each once. */
  readonly errors: readonly string[];
}

/**
 * Opens raw records and puts what happened into the activity stream, by actor and hour. Idempotent but for duplicates in the
 * stream, which count once.
 *
 * How far a lane has come is told last: once event time has reached a mark, all up to it is in the stream.
 *
 * @param now - bounds event time: a record from the future moves nothing on
 */
export async function route(
  lane: Lane,
  raw: readonly RawRecord[],
  ports: Pick<LivePorts, 'stream' | 'rejects' | 'progress'>,
  { ingest, routingOf, reading, replay }: RouteContext,
  now: EpochMs,
): Promise<Routed> {
  const failed = new Set<string>();
  const errors = new Set<string>();
  const fail = (ids: Iterable<string>, error: unknown) => {
    for (const id of ids) failed.add(id);
    errors.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  const opened = raw.map((record) => ({ record, result: ingest.container(record.bytes, 0, record.holds) }));
  const counts = countAll(opened.map(({ result }) => result));
  const rejected = opened.flatMap(({ record, result }) => rejectsOf(record, result));
  const outgoing = [
    ...(await packAll(opened, { routingOf, replay }, ports.stream.maxRecordBytes, rejected, fail)),
    ...packAllLogs(opened, { reading, replay }, ports.stream.maxRecordBytes, rejected),
  ];
  await putRejects(rejected, ports, fail);
  const sources = new Map(outgoing.map((one) => [one.record, [...one.sources].map(({ id }) => id)]));
  try {
    const refused = await ports.stream.put(outgoing.map(({ record }) => record));
    for (const record of refused) fail(sources.get(record) ?? [], 'the activity stream did not take a record');
  } catch (error) {
    fail(
      raw.map(({ id }) => id),
      error,
    );
  }
  const done = opened.filter(({ record }) => !failed.has(record.id));
  try {
    await ports.progress.reach(
      progressOf(
        done.flatMap(({ result }) => [
          ...result.events.map(({ account, region, time }) => ({ lane, account, region, time })),
          ...logEventsOf(result).map((event) => reachedByLog(event, reading)),
        ]),
        now,
      ),
    );
  } catch (error) {
    fail(
      raw.map(({ id }) => id),
      error,
    );
  }
  return { ...counts, rejected: rejected.length, failed: [...failed], errors: [...errors] };
}

interface Opened {
  readonly record: RawRecord;
  readonly result: IngestResult;
}

interface Rejected {
  readonly id: string;
  readonly reject: RejectedRecord;
}

function rejectsOf({ id, origin }: RawRecord, { rejected }: IngestResult): readonly Rejected[] {
  return rejected.map((rejection) => ({ id, reject: { ...rejection, origin } }));
}

async function putRejects(
  rejected: readonly Rejected[],
  { rejects }: Pick<LivePorts, 'rejects'>,
  fail: (ids: Iterable<string>, error: unknown) => void,
): Promise<void> {
  if (rejected.length === 0) return;
  try {
    await rejects.put(rejected.map(({ reject }) => reject));
  } catch (error) {
    fail(
      rejected.map(({ id }) => id),
      error,
    );
  }
}

interface Outgoing {
  readonly record: ActivityRecord;
  readonly sources: ReadonlySet<RawRecord>;
}

interface Bundle {
  readonly actorId: string;
  readonly epoch: number;
  readonly split: number;
  readonly splits: number;
  readonly replay: string | undefined;
  readonly events: LiveEvent[];
  readonly sources: Set<RawRecord>;
}

async function packAll(
  opened: readonly Opened[],
  { routingOf, replay }: Pick<RouteContext, 'routingOf' | 'replay'>,
  maxBytes: number,
  rejected: Rejected[],
  fail: (ids: Iterable<string>, error: unknown) => void,
): Promise<readonly Outgoing[]> {
  const bundles = new Map<string, Bundle>();
  for (const { record, result } of opened) {
    for (const event of [...result.events, ...result.findingEvents]) {
      const epoch = epochOf(event.time);
      let splits: number;
      try {
        splits = (await routingOf(epoch))[event.actor.id] ?? 1;
      } catch (error) {
        fail([record.id], error);
        break;
      }
      const split = splitOf(event.id, splits);
      const key = `${epoch} ${split} ${event.actor.id}`;
      const bundle = bundles.get(key) ?? {
        actorId: event.actor.id,
        epoch,
        split,
        splits,
        replay,
        events: [],
        sources: new Set(),
      };
      bundles.set(key, bundle);
      bundle.events.push(event);
      bundle.sources.add(record);
    }
  }
  return [...bundles.values()].flatMap((bundle) => pack(bundle, bundle.events, maxBytes, rejected));
}

/** As few records as hold the events. One that not even a record of its own can hold is rejected. */
function pack(
  bundle: Bundle,
  events: readonly LiveEvent[],
  maxBytes: number,
  rejected: Rejected[],
): readonly Outgoing[] {
  const { actorId, epoch, split, splits, replay, sources } = bundle;
  const data = encodeActivity({ kind: 'events', epoch, split, splits, events, replay });
  if (data.length <= maxBytes) {
    return [{ record: { key: split === 0 ? actorId : `${actorId} ${split}`, data }, sources }];
  }
  const [event] = events;
  if (event !== undefined && events.length === 1) {
    const [source] = sources;
    if (source === undefined) return [];
    const message = `${data.length} bytes once normalized; the activity stream takes ${maxBytes}`;
    const { id, origin } = source;
    rejected.push({ id, reject: { reason: 'record-too-large', message, position: event.id, origin, record: event } });
    return [];
  }
  const half = Math.ceil(events.length / 2);
  return [events.slice(0, half), events.slice(half)].flatMap((part) => pack(bundle, part, maxBytes, rejected));
}

/** What other logs say, counted up by container, function or party, and hour. */
function packAllLogs(
  opened: readonly Opened[],
  { reading, replay }: Pick<RouteContext, 'reading' | 'replay'>,
  maxBytes: number,
  rejected: Rejected[],
): readonly Outgoing[] {
  const containers = opened.map(({ record, result }) => ({ bytes: record.bytes, result }));
  const { records, tooLarge } = packLogs(containers, reading, replay, maxBytes);
  for (const { container, event, bytes } of tooLarge) {
    const source = opened[container]?.record;
    if (source === undefined) continue;
    const message = `${bytes} bytes once counted; the activity stream takes ${maxBytes}`;
    const { id, origin } = source;
    rejected.push({ id, reject: { reason: 'record-too-large', message, position: event.id, origin, record: event } });
  }
  return records.map(({ segmentId, data, containers: of }) => ({
    record: { key: segmentId, data },
    sources: new Set([...of].flatMap((at) => opened[at]?.record ?? [])),
  }));
}

type Reached = Pick<LaneProgress, 'lane' | 'account' | 'region'> & { readonly time: EpochMs };

function reachedByLog(event: LogEvent, { region }: LogReading): Reached {
  const { time, source } = event;
  const account = source === 'lambda' ? event.of.account : event.account;
  return { lane: LANE_OF_SOURCE[source], account, region: source === 'lambda' ? event.of.region : region, time };
}

function progressOf(events: readonly Reached[], now: EpochMs): readonly LaneProgress[] {
  const reached = new Map<string, LaneProgress>();
  for (const { lane, account, region, time } of events) {
    const key = `${lane} ${account} ${region}`;
    const eventTime = Math.min(time, now);
    if (eventTime > (reached.get(key)?.eventTime ?? Number.NEGATIVE_INFINITY)) {
      reached.set(key, { lane, account, region, eventTime, arrivedAt: now });
    }
  }
  return [...reached.values()];
}

function countAll(results: readonly IngestResult[]): Pick<Routed, 'read' | 'events' | 'lines' | 'skipped'> {
  const skipped: Partial<Record<SkipReason, number>> = {};
  const sums = { read: 0, events: 0, lines: 0 };
  for (const result of results) {
    sums.read += result.read;
    sums.events += result.events.length + result.findingEvents.length;
    sums.lines += logEventsOf(result).length;
    for (const [reason, amount] of result.skipped) skipped[reason] = (skipped[reason] ?? 0) + amount;
  }
  return { ...sums, skipped };
}
