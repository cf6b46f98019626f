import { encodeBaseline } from '@portcullis/baseline';
import type { PipelineState } from '../pipeline-state.ts';
import type { LivePorts } from './ports.ts';
import { encodeSnapshot } from './snapshot-codec.ts';

/** The deployment has sealed hours of its own: what it knows would be lost. */
export class AlreadySealedError extends Error {
  override readonly name = 'AlreadySealedError';
}

/**
 * Makes what a replay has learned the start of a live lane that has sealed nothing yet.
 *
 * The hours that the replay sealed are closed first: what the lane gets of them from then on is late. The pointer moves last,
 * so that until then it can be repeated from the start, by the same or another state.
 *
 * @throws {AlreadySealedError}
 */
export async function installState(
  state: PipelineState,
  { segments, baselines, snapshots }: Pick<LivePorts, 'segments' | 'baselines' | 'snapshots'>,
): Promise<void> {
  const { sealedThrough } = state;
  if ((await snapshots.pointer()) !== undefined) throw new AlreadySealedError('the live lane has sealed hours already');
  await segments.close(sealedThrough);
  await baselines.save(
    [...state.baselines].map(([actorId, baseline]) => ({
      actorId,
      bytes: encodeBaseline(baseline),
      known: state.names.get(actorId),
      sealEpoch: sealedThrough,
    })),
  );
  await snapshots.save(1, encodeSnapshot({ state, decidedUntil: Number.NEGATIVE_INFINITY, forget: [] }));
  if (!(await snapshots.advance({ sealedThrough, version: 1 }))) {
    throw new AlreadySealedError('the live lane has sealed an hour meanwhile');
  }
}
