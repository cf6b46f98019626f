import type { Settings } from '@portcullis/config';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@portcullis/event';

/** What the live lane needs to know beside what a replay does. */
export interface LiveSettings {
  /** All that judging depends on. */
  readonly pipeline: Settings;
  /** Id of the replay whose lane this is; none for the live lane. Neither takes what belongs to another. */
  readonly replay?: string | undefined;
  /** Learn from everything, tell only of what happened from here on. */
  readonly alertAfter?: EpochMs | undefined;
  /** Bytes from which on a segment is full: each batch writes it anew, so cost grows with it, and the number of items as it shrinks. */
  readonly segmentBytes: number;
  /** Events of one actor in one hour for which one key is enough. */
  readonly eventsPerSplit: number;
  readonly maxSplits: number;
  /** How long a lane that is behind holds back the seals of all. */
  readonly holdMs: number;
  /** Seals in one run of the roll-up. */
  readonly sealsPerTick: number;
  /** Longer than one run of the roll-up can take. */
  readonly leaseMs: number;
  /** Names and ARNs of what brings the logs here: whoever changes one of them is told of at once. */
  readonly feed: readonly string[];
  /** Where the pipeline itself runs, for what it says about itself. */
  readonly home: { readonly account: string; readonly region: string };
  /** Actors not seen for so long are forgotten: beyond the yearly job, so that it stays known. */
  readonly idleMs: number;
}

/** What alerts of a lane say of themselves. */
export function modeOf({ replay }: Pick<LiveSettings, 'replay'>): 'live' | 'replay' {
  return replay === undefined ? 'live' : 'replay';
}

export function liveSettings(
  pipeline: Settings,
  overrides: Partial<Omit<LiveSettings, 'pipeline'>> = {},
): LiveSettings {
  return {
    pipeline,
    segmentBytes: 48_000,
    eventsPerSplit: 200_000,
    maxSplits: 32,
    holdMs: 120 * MINUTE_MS,
    sealsPerTick: 12,
    leaseMs: 16 * MINUTE_MS,
    idleMs: 400 * DAY_MS,
    feed: [],
    home: { account: 'unknown', region: 'unknown' },
    ...overrides,
  };
}
