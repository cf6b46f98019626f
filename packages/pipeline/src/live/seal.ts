import { isOver } from '@portcullis/alert';
import { type ActorBaseline, decodeBaseline, encodeBaseline } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { dayOf, EPOCH_MS, type EpochIndex, type EpochMs, epochStart, HOUR_MS } from '@portcullis/event';
import { decideBefore, queueDecisions } from '../decide.ts';
import { functionActor } from '../function-actor.ts';
import type { PipelineState } from '../pipeline-state.ts';
import { type SealContext, sealContext } from '../seal-context.ts';
import { sealEpoch } from '../seal-epoch.ts';
import { silentOnes } from '../seal-functions.ts';
import { actorOfParty } from '../traffic-party.ts';
import { forgetActors, idleActors, removeActors } from './forget.ts';
import { type FrozenDeltas, gatherFrozen } from './frozen-deltas.ts';
import { type LiveSettings, modeOf } from './live-settings.ts';
import { LoadedBaselines } from './loaded-baselines.ts';
import type { LivePorts, SnapshotPointer, StoredBaseline } from './ports.ts';
import {
  decodeInputs,
  decodeSnapshot,
  emptySnapshot,
  encodeInputs,
  encodeSnapshot,
  type SealInputs,
  type Snapshot,
} from './snapshot-codec.ts';
import { stamp } from './stamp.ts';

/** Clocks of those who add decisions may be off by so much. */
export const CLOCK_SKEW_MS = HOUR_MS;

export type SealPorts = Pick<
  LivePorts,
  'segments' | 'snapshots' | 'baselines' | 'decisions' | 'forgets' | 'alerts' | 'evidence' | 'progress'
>;

/** What a seal did. */
export interface Sealed {
  readonly sealEpoch: EpochIndex;
  readonly version: number;
  readonly actors: number;
  readonly events: number;
  readonly late: number;
  readonly told: readonly AnomalyEvent[];
}

/**
 * Seals the oldest hour that waits, if event time has gone past it: judges all actors that were active in it by what was known
 * before, tells what is worth telling, and learns.
 *
 * What it starts from is fixed first, the pointer moves last, and all between can be repeated by anybody. So a crash anywhere
 * costs time only.
 *
 * @param dueThrough - last hour that may be sealed
 */
export async function sealNext(
  dueThrough: EpochIndex,
  ports: SealPorts,
  settings: LiveSettings,
  now: EpochMs,
): Promise<Sealed | undefined> {
  const { snapshots, segments } = ports;
  const pointer = await snapshots.pointer();
  const first = await nextWaiting(ports, pointer);
  if (first === undefined || first > dueThrough) return undefined;
  await segments.close(first);
  // An older hour may have got its first segment just before it was closed
  const oldest = (await nextWaiting(ports, pointer)) ?? first;
  const before = pointer === undefined ? emptySnapshot() : decodeSnapshot(await snapshots.load(pointer.version));
  await forgetActors(before.forget, before.state.accounts, ports);
  const version = (pointer?.version ?? 0) + 1;
  const inputs = await fixInputs(version, oldest, before, ports, settings, now);
  const { sealEpoch: sealing, forget } = inputs;
  const frozen = await gatherFrozen(segments.freeze(sealing), sealing, (actorId) => forget.includes(actorId));
  const sealed = await judgeHours(before, frozen, inputs, ports, settings);
  if ((await snapshots.pointer())?.version !== pointer?.version) return undefined;
  await ports.baselines.save(sealed.baselines);
  const lanes = await ports.progress.lanes();
  const entries = sealed.told.map((event) => ({
    key: event.detail.metadata.idempotencyKey,
    event: stamp(event, lanes, now),
  }));
  if (entries.length > 0) await ports.alerts.add(entries);
  await snapshots.save(version, encodeSnapshot(sealed.snapshot, inputs.settings.network.owners));
  if (!(await snapshots.advance({ sealedThrough: inputs.sealEpoch, version }))) return undefined;
  await segments.sealed(inputs.sealEpoch);
  await forgetActors(sealed.snapshot.forget, before.state.accounts, ports);
  const { actors, events, late, told } = sealed;
  return { sealEpoch: inputs.sealEpoch, version, actors, events, late, told };
}

/** The oldest hour that waits; those that a crash left behind are struck off. */
async function nextWaiting(
  { segments }: Pick<LivePorts, 'segments'>,
  pointer: SnapshotPointer | undefined,
): Promise<EpochIndex | undefined> {
  const sealedThrough = pointer?.sealedThrough ?? -1;
  const waiting = await segments.waiting();
  for (const sealEpoch of waiting) if (sealEpoch <= sealedThrough) await segments.sealed(sealEpoch);
  return waiting.find((sealEpoch) => sealEpoch > sealedThrough);
}

async function fixInputs(
  version: number,
  oldest: EpochIndex,
  { decidedUntil }: Snapshot,
  { snapshots, decisions, forgets }: SealPorts,
  { pipeline, alertAfter }: LiveSettings,
  now: EpochMs,
): Promise<SealInputs> {
  const mine: SealInputs = {
    sealEpoch: oldest,
    decisions: await decisions.since(decidedUntil - CLOCK_SKEW_MS),
    forget: [...(await forgets.asked())].sort(),
    settings: pipeline,
    alertAfter: alertAfter ?? null,
    at: now,
  };
  return decodeInputs(await snapshots.begin(version, encodeInputs(mine)));
}

interface Judged extends Pick<Sealed, 'actors' | 'events' | 'late' | 'told'> {
  readonly snapshot: Snapshot;
  /** Those that have changed. */
  readonly baselines: readonly StoredBaseline[];
}

async function judgeHours(
  before: Snapshot,
  frozen: FrozenDeltas,
  inputs: SealInputs,
  ports: SealPorts,
  live: LiveSettings,
): Promise<Judged> {
  const { sealEpoch: sealed, settings, alertAfter, decisions } = inputs;
  const { hours, functions, traffic } = frozen;
  const end = epochStart(sealed) + EPOCH_MS;
  const context: SealContext = {
    ...sealContext(settings),
    mode: modeOf(live),
    alertAfter: alertAfter ?? Number.NEGATIVE_INFINITY,
  };
  const known = before.state;
  removeActors(known, inputs.forget);
  queueDecisions(known, decisions);
  const asked = actorsConcerned(known, frozen, end, context);
  const stored = await ports.baselines.load([...asked], sealed);
  const baselines = new LoadedBaselines(
    asked,
    [...stored].map(([id, { bytes }]) => [id, decodeBaseline(bytes)] as const),
  );
  const state: PipelineState = { ...known, baselines };
  for (const [actorId, { known: name }] of stored) if (name !== undefined) state.names.set(actorId, name);
  const told: AnomalyEvent[] = [];
  const counts = { events: 0, late: 0 };
  const epochs = new Set(hours.map((hour) => hour.epoch));
  if (functions.size + traffic.size > 0) epochs.add(sealed);
  for (const epoch of [...epochs].sort((a, b) => a - b)) {
    const late = epoch !== sealed;
    const deltas = new Map(hours.filter((hour) => hour.epoch === epoch).map((hour) => [hour.actor.id, hour]));
    for (const { events } of deltas.values()) counts[late ? 'late' : 'events'] += events;
    if (!late) told.push(...decideBefore(state, end, context).events);
    told.push(
      ...(late
        ? sealEpoch(state, epoch, deltas, context)
        : sealEpoch(state, epoch, deltas, context, functions, traffic)),
    );
  }
  const idle = idleActors(state, dayOf(end - live.idleMs));
  for (const actorId of idle) {
    state.lastDays.delete(actorId);
    state.names.delete(actorId);
  }
  const forget = [...new Set([...inputs.forget, ...idle])].sort();
  return {
    actors: hours.length,
    ...counts,
    told,
    snapshot: { state, decidedUntil: inputs.at, forget },
    baselines: changedBaselines(state, baselines, stored, sealed),
  };
}

/**
 * Whose baselines judging may ask for: who was active, by whatever log, whose episode ends or leads a case, whose alert is answered, and
 * functions that nothing was heard of.
 */
function actorsConcerned(
  state: PipelineState,
  { hours, functions, traffic }: FrozenDeltas,
  end: EpochMs,
  context: SealContext,
): ReadonlySet<string> {
  const { episodes, alerts, decisions } = state;
  const concerned = new Set<string>();
  for (const { of } of functions.values()) concerned.add(functionActor(state, of).id);
  for (const { of } of silentOnes(state, functions)) concerned.add(functionActor(state, of).id);
  for (const { of } of traffic.values()) concerned.add(actorOfParty(state, of).id);
  for (const { actor } of hours) {
    concerned.add(actor.id);
    // Judged in its place where there are too many
    if (actor.sharedRole !== undefined) concerned.add(actor.sharedRole.id);
  }
  for (const [actorId, episode] of episodes) {
    if (episode.published !== undefined || isOver(episode, end, context.alerts)) concerned.add(actorId);
  }
  for (const decision of decisions) {
    const alert = decision.kind === 'verdict' ? alerts.byId.get(decision.episode) : undefined;
    if (alert !== undefined) concerned.add(alert.actor.id);
  }
  return concerned;
}

function changedBaselines(
  { names }: PipelineState,
  baselines: ReadonlyMap<string, ActorBaseline>,
  stored: ReadonlyMap<string, StoredBaseline>,
  sealEpoch: EpochIndex,
): readonly StoredBaseline[] {
  return [...baselines].flatMap(([actorId, baseline]): StoredBaseline[] => {
    const bytes = encodeBaseline(baseline);
    const known = names.get(actorId);
    const before = stored.get(actorId);
    const same = before !== undefined && Buffer.compare(before.bytes, bytes) === 0;
    return same && JSON.stringify(before.known) === JSON.stringify(known) ? [] : [{ actorId, bytes, known, sealEpoch }];
  });
}
