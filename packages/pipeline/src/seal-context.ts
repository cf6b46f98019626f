import {
  type AlertSettings,
  type DeclaredWork,
  type Episode,
  type History,
  localTail,
  type NormalTail,
  type Setting,
  type Suppression,
} from '@portcullis/alert';
import type { ActorBaseline } from '@portcullis/baseline';
import type { Settings } from '@portcullis/config';
import { configVersion } from '@portcullis/config/version';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, dayOf, type EpochMs, epochStart } from '@portcullis/event';
import type { DetectorId, FindingBits } from '@portcullis/score';
import type { PipelineState } from './pipeline-state.ts';
import { windowWork } from './told-work.ts';

/** What sealing needs from the settings and the lane. */
export interface SealContext {
  readonly alerts: AlertSettings;
  readonly detectorMode: (detector: DetectorId) => 'off' | 'shadow' | 'alert';
  readonly ownAccounts: ReadonlySet<string>;
  readonly maxSessionsPerRole: number;
  /** Evidence that ended before is learned from without being told. */
  readonly alertAfter: EpochMs;
  readonly mode: 'live' | 'replay';
  readonly configVersion: string;
  readonly teams: Readonly<Record<string, readonly string[]>>;
  /** Declared in the settings. */
  readonly works: readonly DeclaredWork[];
  readonly suppressions: readonly Suppression[];
  /** Bits of findings of security services by severity. */
  readonly findingBits: FindingBits;
  /** Dollars. */
  readonly functionPrices: { readonly perMillionInvocations: number; readonly perGbSecond: number };
  /** What would have been told, had it not been suppressed or muted. */
  onHidden?(hidden: HiddenAlert): void;
}

/** An alert that was not told. */
export interface HiddenAlert {
  readonly event: AnomalyEvent;
  /** Ids of the suppressions at work; empty where it was muted. */
  readonly suppressions: readonly string[];
}

/** Raised whenever what a baseline means changes; part of every alert. */
export const BASELINE_VERSION = '2';

const ACTIVE_WITHIN_DAYS = 7;

/** All of a context that the settings tell. */
export function sealContext(settings: Settings): SealContext {
  return {
    alerts: settings.alerts,
    detectorMode: (detector) => settings.detectors[detector],
    ownAccounts: new Set(settings.accounts.own),
    maxSessionsPerRole: settings.actors.maxSessionsPerRole,
    alertAfter: Number.NEGATIVE_INFINITY,
    mode: 'replay',
    configVersion: configVersion(settings),
    teams: settings.teams,
    works: settings.changeWindows.map(windowWork),
    findingBits: settings.findings.bits,
    functionPrices: {
      perMillionInvocations: settings.functions.dollarsPerMillionInvocations,
      perGbSecond: settings.functions.dollarsPerGbSecond,
    },
    suppressions: settings.suppressions.map(({ id, owner, expires, match }) => ({
      id,
      owner,
      expires: Date.parse(expires),
      match,
    })),
  };
}

/** What an alert says beside its episode. */
export function settingAt(
  state: PipelineState,
  episode: Episode,
  at: EpochMs,
  { alerts, mode, configVersion }: SealContext,
  activeActors = countActive(state, at),
): Setting {
  const own = state.baselines.get(episode.actor.id);
  const history = own === undefined ? historyByLogs(state, episode) : historyOf(own);
  const answer = state.alerts.byId.get(episode.id)?.answer;
  const tail = tailOf(state, alerts);
  return { at, history, activeActors, mode, configVersion, baselineVersion: BASELINE_VERSION, tail, answer };
}

/** The shipped tail, moved to where this deployment's own normal episodes lie. */
function tailOf({ seen }: PipelineState, { budgetPer100ActorsPerWeek }: AlertSettings): NormalTail {
  return localTail(seen, budgetPer100ActorsPerWeek);
}

/** Actors of the whole deployment seen within a week. */
export function countActive({ lastDays }: PipelineState, at: EpochMs): number {
  const since = dayOf(at - ACTIVE_WITHIN_DAYS * DAY_MS);
  let active = 0;
  for (const lastDay of lastDays.values()) if (lastDay >= since) active += 1;
  return active;
}

/** Of a function that CloudTrail tells nothing of. */
function historyByLogs({ functions, traffic }: PipelineState, { actor }: Episode): History {
  const party = traffic.known.get(actor.id)?.baseline;
  if (party !== undefined) {
    const days = dayOf(epochStart(party.lastEpoch)) - dayOf(epochStart(party.firstEpoch)) + 1;
    return { events: party.events, days, activeDays: party.activeDays };
  }
  if (actor.kind !== 'function') return { events: 0, days: 0, activeDays: 0 };
  const own = [...functions.known.values()].find(
    ({ of }) =>
      of.account === actor.account && of.name === actor.name && (actor.arn?.includes(`:${of.region}:`) ?? true),
  )?.baseline;
  if (own === undefined) return { events: 0, days: 0, activeDays: 0 };
  const days = dayOf(epochStart(own.lastEpoch)) - dayOf(epochStart(own.firstEpoch)) + 1;
  return { events: own.invocations, days, activeDays: own.activeDays };
}

function historyOf(own: ActorBaseline): History {
  return { events: own.events, days: own.lastDay - own.firstDay + 1, activeDays: own.activeDays };
}
