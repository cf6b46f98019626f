import { REFERENCE_RISK } from '@portcullis/alert';
import { type ActivityDelta, decodeBaseline, decodeDelta, joinedActor, mergeDelta } from '@portcullis/baseline';
import type { AnomalyEvent, Decision, EmergingEvent } from '@portcullis/contract';
import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { PipelineState } from '../pipeline-state.ts';
import { sealContext } from '../seal-context.ts';
import { judgeOpen } from '../seal-epoch.ts';
import { type LiveSettings, modeOf } from './live-settings.ts';
import type { GrownHour } from './observe-batch.ts';
import { type ChainCache, chainKey } from './observe-hour.ts';
import type { AlertEntry, Increment, LivePorts } from './ports.ts';
import { decodeSnapshot } from './snapshot-codec.ts';
import { stamp } from './stamp.ts';

/** An early word is said again once the risk has grown by this factor. */
const GROWTH_PER_REVISION = 1.25;

/** What a warm container keeps for judging early. */
export interface EmergeContext {
  readonly settings: LiveSettings;
  /** The one that `observeBatch` fills. */
  readonly cache: ChainCache;
  readonly known: KnownState;
}

/** The snapshot read last, and the baselines read since. */
export interface KnownState {
  version: number;
  state: PipelineState | undefined;
  readonly baselines: Map<string, Uint8Array | undefined>;
}

export function nothingKnown(): KnownState {
  return { version: 0, state: undefined, baselines: new Map() };
}

/** Baselines kept between batches. */
const MAX_BASELINES = 5000;

/**
 * Judges hours that have grown, by what is known so far, and sends on what would be told if they ended now.
 *
 * A word lost on the way costs minutes, not the alert: the seal judges again. Of an hour in many parts or splits, this container's
 * newest part is judged; evidence only grows.
 *
 * @returns what was sent
 */
export async function judgeGrown(
  grown: readonly GrownHour[],
  ports: Pick<LivePorts, 'snapshots' | 'baselines' | 'increments'>,
  { settings, cache, known }: EmergeContext,
): Promise<readonly Increment[]> {
  const pointer = await ports.snapshots.pointer();
  if (pointer === undefined) return [];
  if (known.version !== pointer.version) {
    known.state = decodeSnapshot(await ports.snapshots.load(pointer.version)).state;
    known.version = pointer.version;
    known.baselines.clear();
  }
  const { state } = known;
  const open = grown.filter(({ epoch }) => epoch > pointer.sealedThrough);
  if (state === undefined || open.length === 0) return [];
  const wanted = await readBaselines(open, state, ports, known);
  const baselines = new Map(
    wanted.flatMap((id) => {
      const bytes = known.baselines.get(id);
      return bytes === undefined ? [] : [[id, decodeBaseline(bytes)] as const];
    }),
  );
  const context = {
    ...sealContext(settings.pipeline),
    mode: modeOf(settings),
    alertAfter: settings.alertAfter ?? Number.NEGATIVE_INFINITY,
  };
  const deltas = open.flatMap((hour) => deltaOf(hour, cache) ?? []);
  const told = judgeOpen({ ...state, baselines }, deltas, context);
  const epochs = new Map(deltas.map(({ actor, epoch }) => [actor.id, epoch]));
  const increments = told.map((event): Increment => {
    const { account, actor } = event.detail.data;
    // A case is told under its lead, who need not have done anything in this batch
    const epoch = epochs.get(actor.id) ?? Math.max(...epochs.values());
    return { account, actorId: actor.id, epoch, data: JSON.stringify(event) };
  });
  if (increments.length > 0) await ports.increments.send(increments);
  return increments;
}

async function readBaselines(
  grown: readonly GrownHour[],
  { episodes }: PipelineState,
  { baselines }: Pick<LivePorts, 'baselines'>,
  known: KnownState,
): Promise<readonly string[]> {
  const leads = [...episodes.values()].filter(({ published }) => published !== undefined);
  const wanted = new Set([...grown.map(({ actorId }) => actorId), ...leads.map(({ actor }) => actor.id)]);
  if (known.baselines.size + wanted.size > MAX_BASELINES) known.baselines.clear();
  const missing = [...wanted].filter((actorId) => !known.baselines.has(actorId));
  if (missing.length === 0) return [...wanted];
  const found = await baselines.load(missing, Number.POSITIVE_INFINITY);
  for (const actorId of missing) known.baselines.set(actorId, found.get(actorId)?.bytes);
  return [...wanted];
}

function deltaOf(hour: GrownHour, cache: ChainCache): ActivityDelta | undefined {
  let delta: ActivityDelta | undefined;
  for (const { segment } of cache.get(chainKey(hour))?.parts ?? []) {
    if (segment.delta.length === 0) continue;
    const part = decodeDelta(segment.delta);
    if (delta === undefined) delta = part;
    else {
      delta.actor = joinedActor(delta, part);
      mergeDelta(delta, part);
    }
  }
  return delta;
}

/** What became of early words. */
export interface Emerged {
  readonly told: number;
  /** Sealed since, told already, or answered. */
  readonly dropped: number;
}

/**
 * Tells early words as `Anomaly Emerging`, by way of the outbox, each step of growth once.
 *
 * Revisions count steps of growth in risk, so that the same word has the same key whoever says it first.
 */
export async function emerge(
  increments: readonly Increment[],
  ports: Pick<LivePorts, 'alerts' | 'snapshots' | 'decisions' | 'progress'>,
  now: EpochMs,
): Promise<Emerged> {
  const sealedThrough = (await ports.snapshots.pointer())?.sealedThrough ?? -1;
  const open = increments.filter(({ epoch }) => epoch > sealedThrough);
  if (open.length === 0) return { told: 0, dropped: increments.length };
  // Those not in force yet: they are taken up by the next seal
  const decisions = await ports.decisions.since(now - 6 * HOUR_MS);
  const lanes = await ports.progress.lanes();
  const entries = new Map<string, AlertEntry>();
  for (const { data } of open) {
    const event: AnomalyEvent = JSON.parse(data);
    if (isAnswered(event, decisions, now) || (await isTold(event, ports))) continue;
    const emerging = asEmerging(stamp(event, lanes, now));
    const key = emerging.detail.metadata.idempotencyKey;
    entries.set(key, { key, event: emerging });
  }
  if (entries.size > 0) await ports.alerts.add([...entries.values()]);
  return { told: entries.size, dropped: increments.length - entries.size };
}

function isAnswered(
  { detail: { metadata, data } }: AnomalyEvent,
  decisions: readonly Decision[],
  now: EpochMs,
): boolean {
  return decisions.some((decision) => {
    switch (decision.kind) {
      case 'verdict':
        return (
          decision.episode === metadata.id && (decision.verdict === 'dismissed' || decision.verdict === 'expected')
        );
      case 'mute':
        return (
          Date.parse(decision.until) > now &&
          (decision.episode === metadata.id || (decision.actor !== undefined && decision.actor === data.actor.id))
        );
      case 'declared-work':
        return false;
      default:
        return decision satisfies never;
    }
  });
}

/** Whether the alert itself has said as much. */
async function isTold({ detail }: AnomalyEvent, { alerts }: Pick<LivePorts, 'alerts'>): Promise<boolean> {
  const last = (await alerts.get(detail.metadata.id)).at(-1);
  return last !== undefined && last.detail.data.risk >= detail.data.risk;
}

function asEmerging(event: AnomalyEvent): EmergingEvent {
  const { metadata, data } = event.detail;
  const steps = Math.log(Math.max(1, data.risk / REFERENCE_RISK)) / Math.log(GROWTH_PER_REVISION);
  const revision = 1 + Math.floor(steps);
  const key = `${metadata.id}:emerging:${revision}`;
  return {
    ...event,
    id: key,
    'detail-type': 'Anomaly Emerging',
    detail: { metadata: { ...metadata, revision, idempotencyKey: key }, data },
  };
}
