import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@portcullis/config';
import { type LogGroupOf, type LogKind, openNetworkTable } from '@portcullis/ingest';
import {
  type Lane,
  type LiveSettings,
  type RawRecord,
  type RouteContext,
  type Routed,
  route,
  routeContext,
} from '@portcullis/pipeline/live';
import { type Environment, VARIABLES } from './environment.ts';
import type { LiveLane } from './live-lane.ts';
import type { Outcome } from './telemetry.ts';

/** Routes raw records of one lane, with what a warm container keeps: the network table, an ingest, routings. */
export function router(
  lane: Lane,
  { ports, settings }: LiveLane,
  { networkTable, logGroups, logOwners }: Environment,
): (raw: readonly RawRecord[]) => Promise<Routed> {
  const network = openNetworkTable(readFileSync(networkTable));
  const logSources = lane === 'stream' ? logSourcesOf({ logGroups, logOwners }) : undefined;
  let kept: { readonly settings: LiveSettings; readonly context: RouteContext } | undefined;
  return async (raw) => {
    const current = await settings();
    if (kept?.settings !== current) {
      kept = { settings: current, context: routeContext({ settings: current, network, logSources }, ports) };
    }
    return route(lane, raw, ports, kept.context, Date.now());
  };
}

/** Each log group of each owner, and the one kind of log that it is believed about. */
export function logSourcesOf({
  logGroups,
  logOwners,
}: Pick<Environment, 'logGroups' | 'logOwners'>): readonly LogGroupOf[] {
  return logOwners.flatMap((owner) =>
    logGroups.map((told) => {
      // Names of log groups have no colon
      const [kind, logGroup] = told.includes(':') ? told.split(':') : ['cloudtrail', told];
      const holds = KINDS.find((known) => known === kind);
      if (holds === undefined || logGroup === undefined) {
        const message = `names ${kind}; takes ${KINDS.join(', ')} before the colon, and the stacks set it`;
        throw new ConfigurationError('environment', [{ path: VARIABLES.logGroups.name, message }]);
      }
      return { owner, logGroup, holds };
    }),
  );
}

const KINDS = ['cloudtrail', 'function', 'api', 'flow'] as const satisfies readonly LogKind[];

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
