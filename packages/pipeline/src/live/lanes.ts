import type { Lane, LaneProgress } from './ports.ts';

/** Logs beside CloudTrail's, each by the name that its trouble is told under. */
export const LOG_LANES = ['function-logs', 'api-logs', 'flow-logs'] as const;

export type LogLane = (typeof LOG_LANES)[number];

/** The lane of what an event's source logs. */
export const LANE_OF_SOURCE = {
  lambda: 'function-logs',
  'api-gateway': 'api-logs',
  'vpc-flow': 'flow-logs',
} as const satisfies Readonly<Record<string, LogLane>>;

export function isLogLane(lane: Lane): boolean {
  return LOG_LANES.some((known) => known === lane);
}

/** Whether a lane brings CloudTrail in bulk: what moves event time on, and what a backfill hands over to. */
export function isBulk({ lane }: Pick<LaneProgress, 'lane'>): boolean {
  return lane !== 'event' && !isLogLane(lane);
}
