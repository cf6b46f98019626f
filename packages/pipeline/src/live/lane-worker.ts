import type { EpochMs } from '@portcullis/event';
import { boundedChains } from './chain-cache.ts';
import type { LiveSettings } from './live-settings.ts';
import { type DeliveredRecord, observeBatch } from './observe-batch.ts';
import type { Lane, LivePorts } from './ports.ts';
import { publishOutbox } from './publish.ts';
import { type RawRecord, type Routed, type RouteOptions, route, routeContext } from './route.ts';
import { type Ticked, tick } from './tick.ts';

export interface LaneWorkerOptions extends RouteOptions {
  /** What has come into the activity stream since it was asked last, each shard in order. */
  read(): Promise<readonly DeliveredRecord[]>;
  readonly now: () => EpochMs;
  /** Names whoever seals. */
  readonly holder: string;
}

/** A live lane whose functions run one after the other in one process. */
export interface LaneWorker {
  /** @throws FailedRecordsError where records would have to be delivered again */
  put(lane: Lane, raw: readonly RawRecord[]): Promise<Routed>;
  /** Counts what has come into the stream, marks and seals what is due, and publishes. */
  work(): Promise<Ticked>;
  /** Says that event time has gone past all that came, and seals all of it. @param past - later than that by the lateness */
  finish(past: EpochMs): Promise<void>;
}

/** Something failed for now: the whole may be done again, since each step counts once. */
export class FailedRecordsError extends Error {
  override readonly name = 'FailedRecordsError';
}

/** Does what the deployed functions do, for whoever has logs at hand and no need to do two things at a time. */
export function laneWorker(ports: LivePorts, options: LaneWorkerOptions): LaneWorker {
  const { settings, read, now, holder } = options;
  const routing = routeContext(options, ports);
  const observing = { settings, cache: boundedChains() };

  const observe = async () => {
    for (let batch = await read(); batch.length > 0; batch = await read()) {
      requireDone(await observeBatch(batch, ports, observing));
    }
  };
  const work = async () => {
    await observe();
    const ticked = await tick(holder, ports, settings, now());
    await publishOutbox(ports, now());
    return ticked;
  };

  return {
    work,
    async put(lane, raw) {
      const routed = await route(lane, raw, ports, routing, now());
      requireDone(routed);
      return routed;
    },
    async finish(past) {
      await ports.progress.reach([endOf(settings, past)]);
      // Marks are read by one turn, and what they let through is sealed by the next
      for (let idle = 0; idle < 2; ) {
        const { sealed } = await work();
        idle = sealed.length === 0 ? idle + 1 : 0;
      }
    },
  };
}

function requireDone({
  failed,
  errors,
}: {
  readonly failed: readonly string[];
  readonly errors: readonly string[];
}): void {
  if (failed.length > 0) throw new FailedRecordsError(`${failed.length} records failed for now: ${errors.join('; ')}`);
}

/** As if a place of its own had gone on: nobody waits longer for the others than the settings say. */
function endOf({ home }: LiveSettings, past: EpochMs) {
  return { lane: 's3', account: home.account, region: 'end', eventTime: past, arrivedAt: past } as const;
}
