import { type ActivityDelta, decodeDelta, joinedActor, mergeDelta } from '@portcullis/baseline';
import type { EpochIndex } from '@portcullis/event';
import type { StoredSegment } from './ports.ts';
import { decodeSegment } from './segment-codec.ts';

/** What one actor did in one hour, in pieces. */
interface FrozenHour {
  readonly epoch: EpochIndex;
  readonly pieces: Uint8Array[];
}

/**
 * Gathers the segments of a seal by actor and hour: one delta for each, as if all of its events had been observed in one place. What
 * belongs to other hours than the seal's own is late.
 */
export async function gatherFrozen(
  segments: AsyncIterable<StoredSegment>,
  sealEpoch: EpochIndex,
  isForgotten: (actorId: string) => boolean,
): Promise<readonly ActivityDelta[]> {
  const hours = new Map<string, FrozenHour>();
  for await (const { key, bytes } of segments) {
    if (isForgotten(key.actorId)) continue;
    const name = `${key.epoch} ${key.actorId}`;
    const hour = hours.get(name) ?? { epoch: key.epoch, pieces: [] };
    hours.set(name, hour);
    const { delta } = decodeSegment(bytes);
    // A part that was full before anything went in
    if (delta.length > 0) hour.pieces.push(delta);
  }
  return [...hours.values()].flatMap(({ epoch, pieces }) => merged(pieces, epoch !== sealEpoch) ?? []);
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
