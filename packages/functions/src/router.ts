import { readFileSync } from 'node:fs';
import { openNetworkTable } from '@portcullis/ingest';
import {
  type Lane,
  type LiveSettings,
  type RawRecord,
  type RouteContext,
  type Routed,
  route,
  routeContext,
} from '@portcullis/pipeline/live';
import type { Environment } from './environment.ts';
import type { LiveLane } from './live-lane.ts';
import type { Outcome } from './telemetry.ts';

/** Routes raw records of one lane, with what a warm container keeps: the network table, an ingest, routings. */
export function router(
  lane: Lane,
  { ports, settings }: LiveLane,
  { networkTable, logGroups, logOwners }: Environment,
): (raw: readonly RawRecord[]) => Promise<Routed> {
  const network = openNetworkTable(readFileSync(networkTable));
  const logSources =
    logGroups.length > 0 ? logOwners.flatMap((owner) => logGroups.map((logGroup) => ({ owner, logGroup }))) : undefined;
  let kept: { readonly settings: LiveSettings; readonly context: RouteContext } | undefined;
  return async (raw) => {
    const current = await settings();
    if (kept?.settings !== current) {
      kept = { settings: current, context: routeContext({ settings: current, network, logSources }, ports) };
    }
    return route(lane, raw, ports, kept.context, Date.now());
  };
}

/** What is told of a batch. */
export function toldOf({
  read,
  events,
  lines,
  rejected,
  skipped,
  failed,
  errors,
}: Routed): Pick<Outcome<never>, 'figures' | 'errors'> {
  const passedOver = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return {
    figures: {
      Read: read,
      Events: events,
      Lines: lines,
      Rejected: rejected,
      Skipped: passedOver,
      Failed: failed.length,
    },
    errors,
  };
}
