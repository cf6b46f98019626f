import { confidenceOf } from '@portcullis/alert';
import {
  type CountMemory,
  FEATURES,
  type Feature,
  type FeatureMemory,
  namedValues,
  type Window,
  windowSums,
} from '@portcullis/baseline';
import type { Confidence } from '@portcullis/contract';
import { DAY_MS } from '@portcullis/event';
import type { KnownActor, PipelineState } from './pipeline-state.ts';

/** What is usual for an actor, in figures that people can read. Days are ISO dates, UTC. */
export interface ActorDescription {
  readonly id: string;
  /** Absent where the state was saved before names were. */
  readonly known: KnownActor | undefined;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly activeDays: number;
  readonly events: number;
  readonly confidence: Confidence;
  readonly hourly: RateDescription;
  readonly daily: RateDescription;
  /** All there are, in their own order. */
  readonly features: readonly FeatureDescription[];
  /** Id of the episode that is open about it, told or not. */
  readonly episode: string | undefined;
}

/** Calls per active hour or day, lately: older windows count less. */
interface RateDescription {
  readonly mean: number;
  readonly deviation: number;
  /** Share of windows with any call, 0 to 1. */
  readonly activeShare: number;
}

export interface FeatureDescription {
  readonly feature: Feature;
  /** Values remembered, named or not. */
  readonly values: number;
  /** New values on an active day, lately. */
  readonly newPerActiveDay: number;
  /** Most frequent first. A saved baseline keeps the names of the most frequent ones only. */
  readonly named: readonly NamedValue[];
}

interface NamedValue {
  readonly value: string;
  readonly count: number;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** @returns `undefined` for an actor that the state does not know */
export function describeActor(state: PipelineState, actorId: string): ActorDescription | undefined {
  const baseline = state.baselines.get(actorId);
  if (baseline === undefined) return undefined;
  const episode = state.episodes.get(actorId);
  const { firstDay, lastDay, activeDays, fadedDays, events, features } = baseline;
  return {
    id: actorId,
    known: state.names.get(actorId),
    firstDay: isoDay(firstDay),
    lastDay: isoDay(lastDay),
    activeDays,
    events,
    confidence: confidenceOf({ activeDays }),
    hourly: describeRate(baseline.counts, 'hour'),
    daily: describeRate(baseline.counts, 'day'),
    features: FEATURES.map((feature) => describeFeature(feature, features[feature], fadedDays)),
    episode: episode?.silent ? undefined : episode?.id,
  };
}

function describeFeature(feature: Feature, memory: FeatureMemory, fadedDays: number): FeatureDescription {
  const named = namedValues(memory).flatMap(({ value, hash, count }): NamedValue[] => {
    const known = memory.values.get(hash);
    if (known === undefined) return [];
    return [{ value, count, firstDay: isoDay(known.firstDay), lastDay: isoDay(known.lastDay) }];
  });
  const newPerActiveDay = fadedDays === 0 ? 0 : memory.fadedNew / fadedDays;
  return { feature, values: memory.values.size, newPerActiveDay, named };
}

function describeRate(counts: CountMemory, window: Window): RateDescription {
  const { windows, sum, sumSquares, elapsed } = windowSums(counts, window, 'calls');
  if (windows === 0) return { mean: 0, deviation: 0, activeShare: 0 };
  const mean = sum / windows;
  const variance = Math.max(0, sumSquares / windows - mean * mean);
  return { mean, deviation: Math.sqrt(variance), activeShare: Math.min(1, windows / elapsed) };
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
