import { EPOCH_MS, type EpochIndex, type EpochMs, epochStart, MINUTE_MS } from '@portcullis/event';
import type { LiveSettings } from './live-settings.ts';
import type { LivePorts, SnapshotPointer } from './ports.ts';
import { dueThrough, passedByAll } from './watermark.ts';

/** Where a live lane can take over from whoever has read the logs before. */
export type HandOver =
  | {
      readonly kind: 'ready';
      /** The first hour that is the lane's own. */
      readonly epoch: EpochIndex;
      readonly pointer: SnapshotPointer | undefined;
    }
  /** Its first whole hour has not begun to be counted: it has got to `reached`, and has to get to `needed`. */
  | { readonly kind: 'too-early'; readonly reached: EpochMs; readonly needed: EpochMs | undefined };

/**
 * The hour from which on a live lane has all that happened, and before which nothing is on its way any more.
 *
 * The same watermark as for a seal: whatever belongs to an earlier hour and comes now is late, in a replay as in the lane. An
 * earlier end would count events twice, a hand-over to a lane that began within the hour would lose what was delivered before.
 */
export async function handOverOf(
  { progress, snapshots }: Pick<LivePorts, 'progress' | 'snapshots'>,
  openShards: readonly string[],
  { pipeline }: Pick<LiveSettings, 'pipeline'>,
): Promise<HandOver> {
  const latenessMs = pipeline.lateness.minutes * MINUTE_MS;
  const pointer = await snapshots.pointer();
  const reached = passedByAll(openShards, await progress.marks());
  const began = await progress.began();
  const epoch = Math.max(dueThrough(reached, latenessMs), pointer?.sealedThrough ?? -1) + 1;
  if (began !== undefined && epochStart(epoch) >= began + latenessMs) return { kind: 'ready', epoch, pointer };
  return {
    kind: 'too-early',
    reached,
    needed: began === undefined ? undefined : firstWholeHour(began + latenessMs) + latenessMs,
  };
}

function firstWholeHour(from: EpochMs): EpochMs {
  return Math.ceil(from / EPOCH_MS) * EPOCH_MS;
}
