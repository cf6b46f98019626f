import { type ActivityDelta, type ActorBaseline, decodeDelta, mergeDelta } from '@portcullis/baseline';
import { type EpochIndex, preferredActor } from '@portcullis/event';
import type { StoredSegment } from './ports.ts';
import { decodeSegment } from './segment-codec.ts';

/** What one actor did in one hour, in pieces. */
export interface FrozenHour {
  readonly actorId: string;
  readonly epoch: EpochIndex;
  readonly pieces: Uint8Array[];
}

/** Gathers the segments of a seal by actor and hour. */
export async function gatherFrozen(
  segments: AsyncIterable<StoredSegment>,
  isForgotten: (actorId: string) => boolean,
): Promise<readonly FrozenHour[]> {
  const hours = new Map<string, FrozenHour>();
  for await (const { key, bytes } of segments) {
    if (isForgotten(key.actorId)) continue;
    const name = `${key.epoch} ${key.actorId}`;
    const hour = hours.get(name) ?? { actorId: key.actorId, epoch: key.epoch, pieces: [] };
    hours.set(name, hour);
    const { delta } = decodeSegment(bytes);
    // A part that was full before anything went in
    if (delta.length > 0) hour.pieces.push(delta);
  }
  return [...hours.values()].filter(({ pieces }) => pieces.length > 0);
}

/**
 * One delta for an hour, as if all of its events had been observed in one place.
 *
 * @param own - decides what the delta holds on to
 */
export function mergeFrozen({ pieces }: FrozenHour, late: boolean, own: ActorBaseline | undefined): ActivityDelta {
  const [first = new Uint8Array(), ...others] = pieces;
  const delta = decodeDelta(first, { late, own });
  for (const bytes of others) {
    const other = decodeDelta(bytes, { late, own });
    delta.actor = preferredActor(delta.actor, other.actor);
    mergeDelta(delta, other);
  }
  return delta;
}

/** The role behind a session, which is judged in its place where there are too many; none for others. */
export function sharedRoleOf({ pieces }: FrozenHour): string | undefined {
  const [first] = pieces;
  return first === undefined ? undefined : decodeDelta(first).actor.sharedRole?.id;
}
