import type { EpochMs } from '@portcullis/event';
import { EPOCH_MS, type EpochIndex } from '@portcullis/event';
import { isBulk, isLogLane } from './lanes.ts';
import type { LaneProgress } from './ports.ts';

export interface Watermark {
  /** Event time that all main lanes have reached; `-Infinity` where none has told anything. */
  readonly at: EpochMs;
  /** Lanes that are behind and hold it back. */
  readonly holding: readonly LaneProgress[];
  /** Lanes that are behind, and that nobody waits for any longer. */
  readonly givenUp: readonly LaneProgress[];
}

/**
 * How far event time has come.
 *
 * The lane that is furthest counts: one that is silent has nothing to say. Only a lane known to be behind, since what it
 * brought last was older than lateness allows, holds the others back until it has caught up, or for so long. The fast lane
 * brings some events early and moves nothing, unless it is the only one; logs beside CloudTrail's, which come within seconds or
 * a quarter of an hour late, hold back and move nothing either.
 */
export function watermarkOf(
  lanes: readonly LaneProgress[],
  now: EpochMs,
  { latenessMs, holdMs }: { readonly latenessMs: number; readonly holdMs: number },
): Watermark {
  const main = lanes.filter(isBulk);
  const counting = main.length > 0 ? main : lanes;
  const reached = Math.max(Number.NEGATIVE_INFINITY, ...counting.map(({ eventTime }) => eventTime));
  const holders = new Set([...counting, ...lanes.filter(({ lane }) => isLogLane(lane))]);
  const behind = [...holders].filter(
    ({ eventTime, arrivedAt }) => arrivedAt - eventTime > latenessMs && reached - eventTime > latenessMs,
  );
  const holding = behind.filter(
    ({ arrivedAt, eventTime }) => now - arrivedAt <= holdMs && reached - eventTime <= holdMs,
  );
  const givenUp = behind.filter((lane) => !holding.includes(lane));
  return { at: Math.min(reached, ...holding.map(({ eventTime }) => eventTime)), holding, givenUp };
}

/** Last hour that nothing from `watermark` on can belong to; -1 for none. */
export function dueThrough(watermark: EpochMs, latenessMs: number): EpochIndex {
  if (watermark === Number.NEGATIVE_INFINITY) return -1;
  return Math.floor((watermark - latenessMs) / EPOCH_MS) - 1;
}

/** What has been read of all shards that are open; `-Infinity` while one of them has passed no mark. */
export function passedByAll(openShards: readonly string[], marks: ReadonlyMap<string, EpochMs>): EpochMs {
  if (openShards.length === 0) return Number.NEGATIVE_INFINITY;
  return Math.min(...openShards.map((id) => marks.get(id) ?? Number.NEGATIVE_INFINITY));
}
