import type { EpochIndex } from '@portcullis/event';
import { ActivityFormatError, ForeignActivityError } from '../errors.ts';
import { type Activity, decodeActivity, isActivity, type LiveEvent } from './activity-codec.ts';
import { impairedEntry, isTampering, tampering } from './impairment.ts';
import { inParallel } from './in-parallel.ts';
import type { LiveSettings } from './live-settings.ts';
import { type ChainCache, type HourEvents, type HourObserved, observeHour } from './observe-hour.ts';
import { type LogsObserved, observeLogs } from './observe-logs.ts';
import type { LogPiece } from './open-log.ts';
import type { LivePorts } from './ports.ts';

/** Actors written at the same time. */
const AT_ONCE = 16;

/** A record of the activity stream as a shard gives it. */
export interface DeliveredRecord {
  readonly shardId: string;
  /** Names it within its shard; what a batch reports as failed. */
  readonly sequence: string;
  readonly data: Uint8Array;
}

export interface ObserveContext {
  readonly settings: LiveSettings;
  /** Kept by a warm container. */
  readonly cache: ChainCache;
}

/** An actor's hour that has grown. */
export type GrownHour = Pick<HourEvents, 'actorId' | 'epoch' | 'split'>;

/** `events` = `counted` + `duplicates` + those of failed records + those that no segment can hold; lines of other logs likewise, and `dropped`. */
export interface BatchObserved {
  /** Sequences of records to be delivered again. */
  readonly failed: readonly string[];
  readonly events: number;
  readonly counted: number;
  readonly duplicates: number;
  /** Among the counted: their hour was closed. */
  readonly late: number;
  /** Lines of other logs whose hour was closed: not counted. */
  readonly dropped: number;
  /** Records that nobody can read, and events that no segment can hold: kept with the rejects. */
  readonly rejected: number;
  /** Why records failed, each once. */
  readonly errors: readonly string[];
  readonly grown: readonly GrownHour[];
}

/**
 * Counts what a batch of the activity stream holds, and passes on its marks. Idempotent.
 *
 * What can't be read, or belongs to a replay and not to this lane, is set aside; what fails for now fails alone, with the records that it came in, and holds back
 * the marks behind it.
 *
 * @param records - in the order of their shard
 */
export async function observeBatch(
  records: readonly DeliveredRecord[],
  ports: Pick<LivePorts, 'segments' | 'evidence' | 'snapshots' | 'progress' | 'rejects' | 'routing' | 'alerts'>,
  { settings, cache }: ObserveContext,
): Promise<BatchObserved> {
  const failed = new Set<DeliveredRecord>();
  const errors = new Set<string>();
  const read = await readRecords(records, settings, ports, (record, error) => fail(record, error));
  // Before any segment is read: what this says is sealed can't change any more
  const openFrom = ((await ports.snapshots.pointer())?.sealedThrough ?? -1) + 1;
  const groups = groupByHour(read);
  await tellTampering(read, ports, settings, fail);
  const options = { partBytes: settings.segmentBytes, openFrom, cache };
  const results = await inParallel(groups, AT_ONCE, (group) => observeGroup(group, ports, options, settings));
  const sums = {
    counted: 0,
    duplicates: 0,
    late: 0,
    dropped: 0,
    rejected: read.filter(({ activity }) => !activity).length,
  };
  results.forEach((result, at) => {
    if (result.status === 'rejected') {
      for (const record of groups[at]?.records ?? []) fail(record, result.reason);
      return;
    }
    sums.counted += result.value.counted;
    sums.duplicates += result.value.duplicates;
    sums.late += result.value.late;
    sums.rejected += result.value.tooLarge.length;
  });
  const logs = logsByHour(read);
  const ofLogs = await inParallel(logs, AT_ONCE, (group) => observeLogGroup(group, ports, options));
  ofLogs.forEach((result, at) => {
    if (result.status === 'rejected') {
      for (const record of logs[at]?.records ?? []) fail(record, result.reason);
      return;
    }
    sums.counted += result.value.counted;
    sums.duplicates += result.value.duplicates;
    sums.dropped += result.value.late;
    sums.rejected += result.value.tooLarge.length;
  });
  await passMarks(records, read, failed, ports.progress, fail);
  return {
    ...sums,
    failed: [...failed].map(({ sequence }) => sequence),
    events:
      groups.reduce((sum, { events }) => sum + events.length, 0) +
      logs.reduce((sum, { pieces }) => sum + pieces.reduce((lines, piece) => lines + piece.lines, 0), 0),
    errors: [...errors],
    grown: groups
      .filter((_, at) => countedAny(results[at]))
      .map(({ actorId, epoch, split }) => ({ actorId, epoch, split })),
  };

  function fail(record: DeliveredRecord, error: unknown): void {
    failed.add(record);
    errors.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

interface ReadRecord {
  readonly record: DeliveredRecord;
  /** `undefined` where it can't be read. */
  readonly activity: Activity | undefined;
}

async function readRecords(
  records: readonly DeliveredRecord[],
  { replay }: Pick<LiveSettings, 'replay'>,
  { rejects }: Pick<LivePorts, 'rejects'>,
  fail: (record: DeliveredRecord, error: unknown) => void,
): Promise<readonly ReadRecord[]> {
  const read: ReadRecord[] = [];
  for (const record of records) {
    try {
      const activity = decodeActivity(record.data);
      if (activity.replay !== replay) throw new ForeignActivityError(activity.replay, replay);
      read.push({ record, activity });
    } catch (error) {
      if (!(error instanceof ActivityFormatError || error instanceof ForeignActivityError)) throw error;
      const reason = error instanceof ForeignActivityError ? 'foreign-log-source' : 'not-json';
      const origin = originOf(record);
      const rejected = { reason, message: error.message, position: '', origin } as const;
      try {
        await rejects.put([{ ...rejected, record: Buffer.from(record.data).toString('base64') }]);
        read.push({ record, activity: undefined });
      } catch (failure) {
        fail(record, failure);
      }
    }
  }
  return read;
}

/** Changes to what brings the logs here can't wait for an hour to end: there may be no more logs by then. */
async function tellTampering(
  read: readonly ReadRecord[],
  { alerts }: Pick<LivePorts, 'alerts'>,
  settings: LiveSettings,
  fail: (record: DeliveredRecord, error: unknown) => void,
): Promise<void> {
  for (const { record, activity } of read) {
    const events = activity?.kind === 'events' ? activity.events : [];
    const entries = events
      .filter(isActivity)
      .filter((event) => isTampering(event, settings.feed))
      .map((event) => impairedEntry(tampering(event), settings, event.time));
    if (entries.length === 0) continue;
    try {
      await alerts.add(entries);
    } catch (error) {
      fail(record, error);
    }
  }
}

interface Group extends HourEvents {
  readonly events: LiveEvent[];
  readonly splits: number;
  readonly records: Set<DeliveredRecord>;
}

function groupByHour(read: readonly ReadRecord[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { record, activity } of read) {
    if (activity?.kind !== 'events') continue;
    const { epoch, split, splits, events } = activity;
    const actorId = events[0]?.actor.id;
    if (actorId === undefined) continue;
    const key = `${epoch} ${split} ${actorId}`;
    const group = groups.get(key) ?? { actorId, epoch, split, splits, events: [], records: new Set() };
    groups.set(key, group);
    group.events.push(...events);
    group.records.add(record);
  }
  return [...groups.values()];
}

interface LogGroup {
  readonly segmentId: string;
  readonly epoch: EpochIndex;
  readonly pieces: LogPiece[];
  readonly records: Set<DeliveredRecord>;
}

function logsByHour(read: readonly ReadRecord[]): readonly LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const { record, activity } of read) {
    if (activity?.kind !== 'logs') continue;
    const { segmentId, epoch, pieces } = activity;
    const key = `${epoch} ${segmentId}`;
    const group = groups.get(key) ?? { segmentId, epoch, pieces: [], records: new Set() };
    groups.set(key, group);
    group.pieces.push(...pieces);
    group.records.add(record);
  }
  return [...groups.values()];
}

async function observeLogGroup(
  group: LogGroup,
  ports: Pick<LivePorts, 'segments' | 'rejects'>,
  options: { readonly partBytes: number; readonly openFrom: EpochIndex; readonly cache: ChainCache },
): Promise<LogsObserved> {
  const observed = await observeLogs(group, ports, options);
  const [record] = group.records;
  if (observed.tooLarge.length > 0 && record !== undefined) {
    await ports.rejects.put(
      observed.tooLarge.map(({ hash, log }) => ({
        reason: 'record-too-large',
        message: 'what would have to be kept of these lines does not fit into a segment',
        position: hash.join(' '),
        origin: originOf(record),
        record: log,
      })),
    );
  }
  return observed;
}

async function observeGroup(
  group: Group,
  ports: Pick<LivePorts, 'segments' | 'evidence' | 'rejects' | 'routing'>,
  options: { readonly partBytes: number; readonly openFrom: EpochIndex; readonly cache: ChainCache },
  { eventsPerSplit }: LiveSettings,
): Promise<HourObserved> {
  const observed = await observeHour(group, ports, options);
  const { actorId, epoch, splits } = group;
  const [record] = group.records;
  if (observed.tooLarge.length > 0 && record !== undefined) {
    await ports.rejects.put(
      observed.tooLarge.map((event) => ({
        reason: 'record-too-large',
        message: 'what would have to be kept of this event does not fit into a segment',
        position: event.id,
        origin: originOf(record),
        record: event,
      })),
    );
  }
  // Told now and then, not with every batch
  const before = observed.total - observed.counted;
  const step = Math.max(1, eventsPerSplit / 4);
  if (Math.floor(observed.total / step) > Math.floor(before / step)) {
    await ports.routing.tell(epoch, { [actorId]: observed.total * splits });
  }
  return observed;
}

/** A mark has passed once all that lies before it in its shard is done. */
async function passMarks(
  records: readonly DeliveredRecord[],
  read: readonly ReadRecord[],
  failed: ReadonlySet<DeliveredRecord>,
  progress: LivePorts['progress'],
  fail: (record: DeliveredRecord, error: unknown) => void,
): Promise<void> {
  const activities = new Map(read.map(({ record, activity }) => [record, activity]));
  const stopped = new Set<string>();
  for (const record of records) {
    const activity = activities.get(record);
    if (failed.has(record)) stopped.add(record.shardId);
    if (activity?.kind !== 'mark' || stopped.has(record.shardId)) continue;
    try {
      await progress.passed(record.shardId, activity.at);
    } catch (error) {
      fail(record, error);
    }
  }
}

function countedAny(result: PromiseSettledResult<HourObserved> | undefined): boolean {
  return result?.status === 'fulfilled' && result.value.counted > 0;
}

function originOf({ shardId, sequence }: DeliveredRecord): string {
  return `${shardId}/${sequence}`;
}
