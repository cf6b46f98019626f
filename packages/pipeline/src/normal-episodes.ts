import { type Episode, isUnderAlert, REFERENCE_RISK } from '@portcullis/alert';
import { DAY_MS, EPOCH_MS } from '@portcullis/event';
import { SETTLING_DAYS } from './calibration-days.ts';
import type { PipelineState } from './pipeline-state.ts';

/** Adds an hour of so many active actors to what the normal tail is measured against. Changes `state` in place. */
export function watchHour(state: PipelineState, day: number, activeActors: number): void {
  if (isSettled(state, day)) state.seen.hundredActorWeeks += (activeActors / 100) * (EPOCH_MS / (7 * DAY_MS));
}

/**
 * Counts an episode that ended without an alert, if it got far enough to tell something and not so far that it would
 * have been told, had anybody listened. Changes `state` in place.
 */
export function countEpisode(state: PipelineState, episode: Episode, openedDay: number, threshold: number): void {
  const peak = episode.peak ?? 0;
  if (isUnderAlert(episode) || peak < REFERENCE_RISK || peak >= threshold) return;
  if (isSettled(state, openedDay)) state.seen.episodes += 1;
}

function isSettled({ learned: { firstDay } }: PipelineState, day: number): boolean {
  return firstDay !== undefined && day >= firstDay + SETTLING_DAYS;
}
