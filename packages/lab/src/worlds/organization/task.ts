import type { EpochMs } from '@portcullis/event';
import type { Operation } from './operations/operation.ts';
import type { Site } from './sites.ts';
import type { Team } from './teams.ts';

/** A small piece of work: one or more calls in a row, done now and then in proportion to its weight. */
export interface Task {
  readonly weight: number;
  readonly steps: readonly Operation[];
  /** Part of somebody's work from and until then; always unless said. */
  readonly from?: EpochMs;
  readonly until?: EpochMs;
  /** AWS service that makes the calls on the caller's behalf. */
  readonly via?: string;
  /** Chance that it is refused. */
  readonly refused?: number;
  /** Where it differs from the home region. */
  readonly region?: string;
  /** Another team whose things it is about. */
  readonly about?: { readonly site: Site; readonly team: Team };
}

export function tasksAt(tasks: readonly Task[], at: EpochMs): readonly Task[] {
  return tasks.filter(({ from = 0, until = Number.POSITIVE_INFINITY }) => from <= at && at < until);
}
