import type { AnomalyEvent } from '@portcullis/contract';
import type { EpochIndex, EpochMs } from '@portcullis/event';
import type { ReplayOutcome } from '@portcullis/pipeline';
import type { DetectorGuide } from '../detector-guides.ts';

/** Events by hour of the week, UTC: Monday 00:00 is 0, Sunday 23:00 is 167. */
export type Rhythm = Uint32Array;

export interface HourOfEvents {
  readonly epoch: EpochIndex;
  readonly events: number;
}

/** Everything a report shows; the page is a function of it alone. */
export interface ReportInput {
  /** The newest revision of each episode. */
  readonly alerts: readonly AnomalyEvent[];
  readonly counts: Omit<ReplayOutcome, 'state'>;
  readonly budgetPer100ActorsPerWeek: number;
  /** Hours with events, ascending. */
  readonly hours: readonly HourOfEvents[];
  /** What happened before was learned from and not told. */
  readonly alertAfter: EpochMs | undefined;
  /** By actor id; an actor without one gets no picture of its rhythm. */
  readonly rhythms: ReadonlyMap<string, Rhythm>;
  /** By detector id. */
  readonly guides: ReadonlyMap<string, DetectorGuide>;
  /** Lines to show with an episode, by its id: declared work that covers it, a verdict. */
  readonly notes?: ReadonlyMap<string, readonly string[]>;
}

/** What the page brings along, since it may fetch nothing. */
export interface PageAssets {
  readonly style: string;
  /** Runs before anything is drawn. */
  readonly headScript: string;
  readonly scripts: readonly string[];
  /** Licences of what others wrote. */
  readonly notices: string;
}
