import { gunzipSync } from 'node:zlib';
import type { AnomalyEvent } from '@portcullis/contract';
import { EPOCH_MS, type EpochIndex, epochStart, MINUTE_MS } from '@portcullis/event';
import { labNetworks } from '@portcullis/lab';
import { type LogContainer, type ReplayOutcome, replay } from '@portcullis/pipeline';
import {
  decodeActivity,
  decodeDelta,
  decodeSegment,
  encodeBaseline,
  encodeSnapshot,
  isOfLog,
  packLogs,
} from '@portcullis/pipeline/live';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { containerBytes, type FaultWorld, type SourceRecord } from './fault-world.ts';
import type { OtherLog } from './log-containers.ts';
import { ingest, type Run, reading, SETTINGS } from './platform.ts';

/** What was found wrong, and what was there to be found. */
export interface Checked {
  readonly violations: readonly string[];
  readonly events: number;
  readonly late: number;
  readonly alerts: number;
  /** Some hour had late events only: a replay can't be made to seal one. */
  readonly incomparable: boolean;
}

interface Counted {
  readonly record: SourceRecord;
  readonly sealEpoch: EpochIndex;
  readonly epoch: EpochIndex;
}

/** Compares a run with a replay that is given, seal by seal, what this run counted in each. */
export async function checkRun(world: FaultWorld, run: Run): Promise<Checked> {
  const violations: string[] = run.errors.map((error) => `error: ${error instanceof Error ? error.stack : error}`);
  const counted = countedOnce(world, run, violations);
  const logs = logsCountedOnce(world, run, violations);
  rejectsKept(world, run, violations);
  await allPublished(run, violations);
  const late = counted.filter(({ epoch, sealEpoch }) => epoch !== sealEpoch).length;
  const mainHours = new Set(counted.filter(({ epoch, sealEpoch }) => epoch === sealEpoch).map(({ epoch }) => epoch));
  for (const { epoch } of logs) mainHours.add(epoch);
  const incomparable = counted.some(({ sealEpoch }) => !mainHours.has(sealEpoch));
  const told: AnomalyEvent[] = [];
  if (!incomparable) {
    const outcome = await replay(bySeal(counted, logs), {
      settings: SETTINGS,
      network: labNetworks(),
      decisions: world.decisions,
      onAlert: (event) => told.push(event),
      onReject: ({ message }) => violations.push(`the replay rejects: ${message}`),
    });
    compareAlerts(run, told, violations);
    await compareStates(run, outcome, violations);
  }
  return { violations, events: world.records.length, late, alerts: run.ports.alerts.all().length, incomparable };
}

/** Nothing lost, nothing counted twice. */
function countedOnce(world: FaultWorld, run: Run, violations: string[]): readonly Counted[] {
  const byHash = new Map(world.records.map((record) => [record.hash, record]));
  const seen = new Set<string>();
  const counted: Counted[] = [];
  let events = 0;
  for (const { key, bytes } of run.ports.segments.all()) {
    if (isOfLog(key.actorId)) continue;
    const { hashes, delta } = decodeSegment(bytes);
    if (delta.length > 0) events += decodeDelta(delta).events;
    hashes.forEach((low, high) => {
      const hash = `${low} ${high}`;
      const record = byHash.get(hash);
      if (record === undefined) violations.push(`an unknown event is in seal ${key.sealEpoch}`);
      else if (seen.has(hash)) violations.push(`event ${record.id} is counted twice`);
      else counted.push({ record, sealEpoch: key.sealEpoch, epoch: key.epoch });
      seen.add(hash);
    });
  }
  if (counted.length !== byHash.size)
    violations.push(`${byHash.size - counted.length} of ${byHash.size} events are lost`);
  if (events !== byHash.size) violations.push(`deltas count ${events} events of ${byHash.size}`);
  return counted;
}

/** Containers of other logs that are in segments, each once; what is not was said to be late. */
function logsCountedOnce(world: FaultWorld, run: Run, violations: string[]): readonly OtherLog[] {
  const byHash = new Map(world.logs.map((log) => [hashOf(log, run, violations), log]));
  const counted = new Set<OtherLog>();
  for (const { key, bytes } of run.ports.segments.all()) {
    if (!isOfLog(key.actorId)) continue;
    decodeSegment(bytes).hashes.forEach((low, high) => {
      const log = byHash.get(`${low} ${high}`);
      if (log === undefined || log.epoch !== key.sealEpoch) violations.push(`an unknown piece is in ${key.sealEpoch}`);
      else if (counted.has(log)) violations.push(`${log.id} is counted twice`);
      else counted.add(log);
    });
  }
  const missing = world.logs.filter((log) => !counted.has(log)).reduce((sum, { lines }) => sum + lines, 0);
  if (missing > run.dropped) violations.push(`${missing} lines of logs are lost; ${run.dropped} were late`);
  return [...counted];
}

function hashOf({ id, bytes }: OtherLog, { ports }: Run, violations: string[]): string {
  const { records } = packLogs(
    [{ bytes, result: ingest.container(bytes) }],
    reading,
    undefined,
    ports.stream.maxRecordBytes,
  );
  const pieces = records.flatMap(({ data }) => {
    const activity = decodeActivity(data);
    return activity.kind === 'logs' ? activity.pieces : [];
  });
  if (pieces.length !== 1) violations.push(`${id} makes ${pieces.length} pieces`);
  return pieces.map(({ hash }) => hash.join(' ')).join();
}

function rejectsKept(world: FaultWorld, run: Run, violations: string[]): void {
  const poisoned = world.deliveries.filter((one) => one.poisoned).map(({ id }) => id);
  const expected = [...poisoned, ...run.poisonedActivity].sort().join(', ');
  const kept = [...new Set(run.ports.rejects.all().map(({ origin }) => origin))].sort().join(', ');
  if (kept !== expected) violations.push(`rejects of ${kept}; expected of ${expected}`);
}

async function allPublished({ ports, toldUnkept }: Run, violations: string[]): Promise<void> {
  const received = new Set(ports.sink.received().map(({ detail }) => detail.metadata.idempotencyKey));
  for (const { entry } of ports.alerts.all()) {
    if (!received.has(entry.key)) violations.push(`alert ${entry.key} was never published`);
  }
  for (const key of toldUnkept) violations.push(`alert ${key} was published before it was kept`);
}

/** Of each seal its late events, then those of its hour, then nothing that would hold it back. */
async function* bySeal(counted: readonly Counted[], logs: readonly OtherLog[]): AsyncGenerator<LogContainer> {
  const seals = Map.groupBy(counted, ({ sealEpoch }) => sealEpoch);
  const all = new Set([...seals.keys(), ...logs.map(({ epoch }) => epoch)]);
  for (const seal of [...all].sort((a, b) => a - b)) {
    const those = seals.get(seal) ?? [];
    const end = epochStart(seal) + EPOCH_MS;
    const late = those.filter(({ epoch }) => epoch !== seal);
    if (late.length > 0) yield container(`late ${seal}`, late, epochStart(seal));
    yield container(
      `hour ${seal}`,
      those.filter(({ epoch }) => epoch === seal),
      epochStart(seal),
    );
    for (const { id, bytes } of logs.filter(({ epoch }) => epoch === seal)) {
      yield { name: id, bytes, precedingLines: 0, laterStartsAt: epochStart(seal) };
    }
    yield container(`after ${seal}`, [], end + SETTINGS.lateness.minutes * MINUTE_MS);
  }
}

function container(name: string, counted: readonly Counted[], laterStartsAt: number): LogContainer {
  const bytes = containerBytes(counted.map(({ record }) => record));
  return { name, bytes, precedingLines: 0, laterStartsAt };
}

function compareAlerts(run: Run, told: readonly AnomalyEvent[], violations: string[]): void {
  const live = comparedAlerts(run.ports.alerts.all().map(({ entry }) => entry.event));
  const expected = comparedAlerts(told);
  const keys = (alerts: typeof live) => alerts.map(({ metadata }) => metadata.idempotencyKey).join(', ');
  if (keys(live) !== keys(expected)) violations.push(`alerts ${keys(live)}; a replay tells ${keys(expected)}`);
  expected.forEach((alert, at) => {
    if (JSON.stringify(alert) !== JSON.stringify(live[at])) {
      violations.push(`alert ${alert.metadata.idempotencyKey} differs from the replay's`);
    }
  });
}

async function compareStates({ ports }: Run, { state }: ReplayOutcome, violations: string[]): Promise<void> {
  const pointer = await ports.snapshots.pointer();
  if (pointer === undefined) {
    violations.push('nothing was sealed');
    return;
  }
  const snapshot = encodeSnapshot({ state, decidedUntil: 0, forget: [] });
  const different = firstDifference(linesOf(await ports.snapshots.load(pointer.version)), linesOf(snapshot));
  if (different !== undefined) violations.push(`the last snapshot differs from the replay's state: ${different}`);
  const stored = ports.baselines.latest();
  if (stored.size !== state.baselines.size)
    violations.push(`${stored.size} baselines; a replay has ${state.baselines.size}`);
  for (const [actorId, baseline] of state.baselines) {
    const bytes = stored.get(actorId)?.bytes;
    if (bytes === undefined || !Buffer.from(encodeBaseline(baseline)).equals(bytes)) {
      violations.push(`the baseline of ${actorId} differs from the replay's`);
    }
  }
}

/** A snapshot's lines after its head, without the lane that told of an alert. */
function linesOf(snapshot: Uint8Array): readonly string[] {
  const state = gunzipSync(snapshot.subarray(snapshot.indexOf(0x0a) + 1));
  return state.toString().replaceAll('"mode":"live"', '"mode":"replay"').split('\n');
}

/** The order of an object's fields means nothing. */
function canonical(line = 'null'): string {
  return JSON.stringify(JSON.parse(line), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function firstDifference(live: readonly string[], expected: readonly string[]): string | undefined {
  const at = expected.findIndex((line, index) => line !== live[index] && canonical(line) !== canonical(live[index]));
  if (at === -1) return live.length === expected.length ? undefined : 'it has more lines';
  const [mine, theirs] = [canonical(live[at]), canonical(expected[at])];
  const from = [...theirs].findIndex((letter, index) => letter !== mine[index]);
  const excerpt = (line: string) => line.slice(Math.max(0, from - 60), from + 60);
  return `${excerpt(mine)} | ${excerpt(theirs)}`;
}
