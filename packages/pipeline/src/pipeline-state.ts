import { type AlertBook, type Episode, emptyAlertBook, type Mute } from '@portcullis/alert';
import {
  type ActorBaseline,
  emptyPopulation,
  encodeBaseline,
  type FunctionBaseline,
  type Population,
  type TrafficBaseline,
  type TrafficParty,
  type TrafficPopulation,
} from '@portcullis/baseline';
import type { Decision } from '@portcullis/contract';
import {
  type Actor,
  EPOCH_MS,
  type EpochIndex,
  type EpochMs,
  epochStart,
  type LoggedFunction,
} from '@portcullis/event';
import { emptyLearnedCalibration, type LearnedCalibration } from './calibration-days.ts';
import type { ToldWork } from './told-work.ts';

/** What people call an actor, as of its last sealed hour. */
export type KnownActor = Pick<Actor, 'kind' | 'name' | 'arn' | 'role'>;

/** A function by its own logs, and what is usual for it. */
export interface KnownFunction {
  readonly of: LoggedFunction;
  readonly baseline: FunctionBaseline;
}

/** A party by flow logs or access logs, and what is usual for it. */
interface KnownParty {
  readonly of: TrafficParty;
  readonly baseline: TrafficBaseline;
}

/** Everything that outlives an epoch; what is saved and loaded. */
export interface PipelineState {
  /** Sealed parts by actor id; of the live lane those that a seal needs. */
  readonly baselines: Map<string, ActorBaseline>;
  /** Last active day of every actor there is, whether its baseline is at hand or not. */
  readonly lastDays: Map<string, number>;
  /** Names by actor id; none for actors of states saved before names were. */
  readonly names: Map<string, KnownActor>;
  /** By account id. */
  readonly populations: Map<string, Population>;
  /** Open episodes by actor id. */
  readonly episodes: Map<string, Episode>;
  /** Actors per shared role that are keyed by a session name; see `capSessions`. */
  readonly sessionsPerRole: Map<string, number>;
  /** What normal days of this deployment say. */
  readonly learned: LearnedCalibration;
  /** Alerts told, with what people answered. */
  readonly alerts: AlertBook;
  /** Declared work by id, until well after its end. */
  readonly works: Map<string, ToldWork>;
  /** By whom or what they are about. */
  readonly mutes: Map<string, Mute>;
  /** Decisions whose time has not come, earliest first. */
  decisions: readonly Decision[];
  /** Accounts whose logs arrive here: the house, whatever the settings say. */
  readonly accounts: Set<string>;
  /** What logs of functions told, by id of the function, and what normal days of functions say. */
  readonly functions: { readonly known: Map<string, KnownFunction>; readonly learned: LearnedCalibration };
  /** What networks and APIs told: by id of the party, what others of its kind do by kind, and what normal days say. */
  readonly traffic: {
    readonly known: Map<string, KnownParty>;
    readonly populations: Map<string, TrafficPopulation>;
    readonly learned: LearnedCalibration;
  };
  /** How far normal operation of this deployment got. */
  readonly seen: { hundredActorWeeks: number; episodes: number };
  /** Last sealed epoch; -1 before the first. */
  sealedThrough: EpochIndex;
}

export function emptyState(): PipelineState {
  return {
    baselines: new Map(),
    lastDays: new Map(),
    names: new Map(),
    populations: new Map(),
    episodes: new Map(),
    sessionsPerRole: new Map(),
    learned: emptyLearnedCalibration(),
    accounts: new Set(),
    functions: { known: new Map(), learned: emptyLearnedCalibration() },
    traffic: { known: new Map(), populations: new Map(), learned: emptyLearnedCalibration() },
    seen: { hundredActorWeeks: 0, episodes: 0 },
    alerts: emptyAlertBook(),
    works: new Map(),
    mutes: new Map(),
    decisions: [],
    sealedThrough: -1,
  };
}

/** Event time up to which everything is judged; infinitely long ago before the first seal. */
export function reachedBy({ sealedThrough }: PipelineState): EpochMs {
  return sealedThrough < 0 ? Number.NEGATIVE_INFINITY : epochStart(sealedThrough) + EPOCH_MS;
}

export function populationOf(state: PipelineState, account: string): Population {
  const known = state.populations.get(account);
  if (known !== undefined) return known;
  const population = emptyPopulation();
  state.populations.set(account, population);
  return population;
}

/** Encoded size of each sealed baseline, in bytes, ascending. */
export function baselineSizes({ baselines }: PipelineState): readonly number[] {
  return [...baselines.values()].map((baseline) => encodeBaseline(baseline).length).sort((a, b) => a - b);
}
