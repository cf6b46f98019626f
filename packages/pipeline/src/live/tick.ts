import { type EpochMs, MINUTE_MS } from '@portcullis/event';
import { encodeActivity } from './activity-codec.ts';
import type { LiveSettings } from './live-settings.ts';
import type { LivePorts } from './ports.ts';
import { type Sealed, type SealPorts, sealNext } from './seal.ts';
import { dueThrough, passedByAll, type Watermark, watermarkOf } from './watermark.ts';

const LEASE = 'seal';

/** What one run of the roll-up did. */
export interface Ticked {
  readonly watermark: Watermark;
  /** Event time up to which everything has been observed. */
  readonly passed: EpochMs;
  readonly sealed: readonly Sealed[];
  /** Somebody else was sealing. */
  readonly busy: boolean;
}

/**
 * Moves event time on: marks how far the lanes have come in each shard, and seals the hours that marks have gone past. To be
 * run every minute; two at a time do no harm.
 *
 * @param holder - names this run
 */
export async function tick(
  holder: string,
  ports: SealPorts & Pick<LivePorts, 'stream' | 'leases'>,
  settings: LiveSettings,
  now: EpochMs,
): Promise<Ticked> {
  const latenessMs = settings.pipeline.lateness.minutes * MINUTE_MS;
  const watermark = watermarkOf(await ports.progress.lanes(), now, { latenessMs, holdMs: settings.holdMs });
  if (watermark.at === Number.NEGATIVE_INFINITY) return { watermark, passed: watermark.at, sealed: [], busy: false };
  const shards = await ports.stream.mark(encodeActivity({ kind: 'mark', at: watermark.at, replay: settings.replay }));
  const passed = passedByAll(shards, await ports.progress.marks());
  if (!(await ports.leases.acquire(LEASE, holder, now, settings.leaseMs))) {
    return { watermark, passed, sealed: [], busy: true };
  }
  const sealed: Sealed[] = [];
  while (sealed.length < settings.sealsPerTick) {
    const next = await sealNext(dueThrough(passed, latenessMs), ports, settings, now);
    if (next === undefined) break;
    sealed.push(next);
  }
  await ports.leases.release(LEASE, holder);
  return { watermark, passed, sealed, busy: false };
}
