import type { Settings } from '@portcullis/config';
import {
  type ActivityEvent,
  type ApiEvent,
  type EpochMs,
  epochOf,
  type FlowEvent,
  MINUTE_MS,
  type NetworkLookup,
} from '@portcullis/event';
import { createIngest, type Rejection } from '@portcullis/ingest';
import { SeenEvents } from './dedupe.ts';
import type { LogSource } from './log-source.ts';

export interface ReadOptions {
  readonly settings: Pick<Settings, 'limits' | 'dedupe'>;
  readonly network: NetworkLookup;
  /** Stops between two containers. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each event once, in order of delivery. */
  onEvent(event: ActivityEvent): void;
  /** What networks and APIs log, where somebody asks for it; else it is skipped. */
  onFlow?(event: FlowEvent): void;
  onRequest?(event: ApiEvent): void;
  onReject?(rejection: Rejection & { readonly file: string }): void;
  onProgress?(progress: {
    readonly containers: number;
    readonly events: number;
    readonly at: EpochMs | undefined;
  }): void;
}

/** `read` = `unique` + `duplicates` + `rejected` + `skipped`. */
export interface ReadOutcome {
  readonly read: number;
  readonly unique: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly partial: boolean;
}

/** Reads logs without judging them: what a replay would see, each event once. */
export async function readEvents(source: LogSource, options: ReadOptions): Promise<ReadOutcome> {
  const { settings, network, signal, onEvent, onFlow, onRequest, onReject, onProgress } = options;
  const ingest = createIngest({ network, limits: settings.limits });
  const seen = new SeenEvents();
  const horizonMs = settings.dedupe.horizonMinutes * MINUTE_MS;
  const outcome = { read: 0, unique: 0, duplicates: 0, rejected: 0, skipped: 0, partial: false };
  const isNew = ({ account, id, time }: Pick<ActivityEvent, 'account' | 'id' | 'time'>): boolean => {
    const fresh = seen.add(account, id, time);
    if (fresh) outcome.unique += 1;
    else outcome.duplicates += 1;
    return fresh;
  };
  let containers = 0;
  let at: EpochMs | undefined;
  for await (const container of source) {
    if (signal?.aborted) break;
    if ('rejection' in container) {
      outcome.read += 1;
      outcome.rejected += 1;
      outcome.partial = true;
      onReject?.({ ...container.rejection, file: container.name });
      continue;
    }
    const result = ingest.container(container.bytes, container.precedingLines);
    outcome.read += result.read;
    outcome.rejected += result.rejected.length;
    outcome.partial ||= result.partial;
    // What functions and security services tell says nothing of who may do what
    outcome.skipped += result.functionEvents.length + result.findingEvents.length;
    if (onFlow === undefined) outcome.skipped += result.flowEvents.length;
    else for (const flow of result.flowEvents) if (isNew(flow)) onFlow(flow);
    if (onRequest === undefined) outcome.skipped += result.apiEvents.length;
    else for (const request of result.apiEvents) if (isNew(request)) onRequest(request);
    for (const amount of result.skipped.values()) outcome.skipped += amount;
    for (const rejection of result.rejected) onReject?.({ ...rejection, file: container.name });
    for (const event of result.events) {
      if (!isNew(event)) continue;
      at = event.time;
      onEvent(event);
    }
    const { laterStartsAt } = container;
    if (laterStartsAt !== undefined && Number.isFinite(laterStartsAt)) {
      seen.forgetBefore(epochOf(laterStartsAt - horizonMs));
    }
    containers += 1;
    onProgress?.({ containers, events: outcome.read, at });
  }
  return outcome;
}
