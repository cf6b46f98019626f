import { encodeBaseline } from '@portcullis/baseline';
import type { PipelineState } from '../pipeline-state.ts';
import type { LivePorts, SnapshotPointer, SnapshotStore } from './ports.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-codec.ts';

/** The deployment has sealed hours of its own: what it knows would be lost. */
export class AlreadySealedError extends Error {
  override readonly name = 'AlreadySealedError';
}

/**
 * Makes what a replay has learned the start of a live lane.
 *
 * The hours that the replay sealed are closed first: what the lane gets of them from then on is late. The pointer moves last,
 * so that until then it can be repeated from the start, by the same or another state.
 *
 * @param instead - where the lane stands, if what it has learned itself is to be given up for it
 * @throws {AlreadySealedError} where the lane stands elsewhere
 */
export async function installState(
  state: PipelineState,
  { segments, baselines, snapshots }: Pick<LivePorts, 'segments' | 'baselines' | 'snapshots'>,
  instead?: SnapshotPointer,
): Promise<SnapshotPointer> {
  const { sealedThrough } = state;
  const stands = await snapshots.pointer();
  if (stands?.version !== instead?.version) throw new AlreadySealedError('the live lane has sealed hours already');
  const given = stands === undefined ? [] : await actorsOf(stands, snapshots);
  await baselines.forget(given.filter((actorId) => !state.baselines.has(actorId)));
  await segments.close(sealedThrough);
  await baselines.save(
    [...state.baselines].map(([actorId, baseline]) => ({
      actorId,
      bytes: encodeBaseline(baseline),
      known: state.names.get(actorId),
      sealEpoch: sealedThrough,
    })),
  );
  const version = (stands?.version ?? 0) + 1;
  await snapshots.save(version, encodeSnapshot({ state, decidedUntil: Number.NEGATIVE_INFINITY, forget: [] }));
  if (!(await snapshots.advance({ sealedThrough, version }))) {
    throw new AlreadySealedError('the live lane has sealed an hour meanwhile');
  }
  return { sealedThrough, version };
}

async function actorsOf({ version }: SnapshotPointer, snapshots: SnapshotStore): Promise<readonly string[]> {
  return [...decodeSnapshot(await snapshots.load(version)).state.lastDays.keys()];
}
