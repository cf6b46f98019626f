import {
  type ActivityDelta,
  decodeDelta,
  type FunctionDelta,
  joinedActor,
  mergeDelta,
  type TrafficDelta,
} from '@portcullis/baseline';
import type { EpochIndex } from '@portcullis/event';
import { decodeLog, isOfLog, mergeLog, type OpenLog } from './open-log.ts';
import type { StoredSegment } from './ports.ts';
import { decodeSegment } from './segment-codec.ts';

/** What one actor did in one hour, in pieces. */
interface FrozenHour {
  readonly epoch: EpochIndex;
  readonly pieces: Uint8Array[];
}

/** All that a seal judges. */
export interface FrozenDeltas {
  readonly hours: readonly ActivityDelta[];
  /** By id of the function; of the seal's own hour, as is the traffic of parties. */
  readonly functions: ReadonlyMap<string, FunctionDelta>;
  readonly traffic: ReadonlyMap<string, TrafficDelta>;
}

/**
 * Gathers the segments of a seal by actor and hour: one delta for each, as if all of its events had been observed in one place. What
 * belongs to other hours than the seal's own is late.
 */
export async function gatherFrozen(
  segments: AsyncIterable<StoredSegment>,
  sealEpoch: EpochIndex,
  isForgotten: (actorId: string) => boolean,
): Promise<FrozenDeltas> {
  const hours = new Map<string, FrozenHour>();
  const logs = new Map<string, OpenLog>();
  for await (const { key, bytes } of segments) {
    if (isOfLog(key.actorId)) {
      addLog(logs, key.actorId, decodeSegment(bytes).delta);
      continue;
    }
    if (isForgotten(key.actorId)) continue;
    const name = `${key.epoch} ${key.actorId}`;
    const hour = hours.get(name) ?? { epoch: key.epoch, pieces: [] };
    hours.set(name, hour);
    const { delta } = decodeSegment(bytes);
    // A part that was full before anything went in
    if (delta.length > 0) hour.pieces.push(delta);
  }
  const all = [...logs.values()];
  return {
    hours: [...hours.values()].flatMap(({ epoch, pieces }) => merged(pieces, epoch !== sealEpoch) ?? []),
    functions: new Map(all.flatMap(({ source, delta }) => (source === 'function' ? [[delta.of.id, delta]] : []))),
    traffic: new Map(all.flatMap(({ source, delta }) => (source === 'traffic' ? [[delta.of.id, delta]] : []))),
  };
}

function addLog(logs: Map<string, OpenLog>, segmentId: string, bytes: Uint8Array): void {
  // A part that was full before anything went in
  if (bytes.length === 0) return;
  const known = logs.get(segmentId);
  if (known === undefined) logs.set(segmentId, decodeLog(bytes));
  else mergeLog(known, decodeLog(bytes));
}

function merged([first, ...others]: readonly Uint8Array[], late: boolean): ActivityDelta | undefined {
  if (first === undefined) return undefined;
  const delta = decodeDelta(first, { late });
  for (const bytes of others) {
    const other = decodeDelta(bytes, { late });
    delta.actor = joinedActor(delta, other);
    mergeDelta(delta, other);
  }
  return delta;
}
