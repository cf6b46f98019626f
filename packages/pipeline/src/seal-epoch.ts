import {
  type AlertSettings,
  closeAlert,
  decideAlert,
  type History,
  isEvidence,
  isOver,
  joinFindings,
  openEpisode,
  type Setting,
} from '@portcullis/alert';
import { type ActivityDelta, type ActorBaseline, emptyBaseline, learnEpoch } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, dayOf, EPOCH_MS, type EpochIndex, type EpochMs, epochStart } from '@portcullis/event';
import { type DetectorId, type Finding, scoreEpoch } from '@portcullis/score';
import { capSessions } from './cap-sessions.ts';
import { type PipelineState, populationOf } from './pipeline-state.ts';

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
}

/** Raised whenever what a baseline means changes; part of every alert. */
const BASELINE_VERSION = '1';

const ACTIVE_WITHIN_DAYS = 7;

/**
 * Judges a finished epoch, tells what is worth telling, then learns from it.
 *
 * All actors are judged by the state as of the seal before, in the order of their ids; only then does
 * anybody learn. So the outcome is a function of the epoch's set of events. Changes `state` in place.
 *
 * @param deltas - one per actor; `late` ones are judged but not learned from
 */
export function sealEpoch(
  state: PipelineState,
  epoch: EpochIndex,
  deltas: ReadonlyMap<string, ActivityDelta>,
  context: SealContext,
): readonly AnomalyEvent[] {
  const at = epochStart(epoch) + EPOCH_MS;
  const capped = capSessions(deltas, state, context.maxSessionsPerRole);
  const activeActors = countActive(state, at);
  const told =
    at <= context.alertAfter ? [] : capped.flatMap((delta) => judge(state, delta, at, activeActors, context));
  const closed = closeEpisodes(state, at, activeActors, context);
  for (const delta of capped) if (!delta.late) learn(state, delta);
  state.sealedThrough = Math.max(state.sealedThrough, epoch);
  return [...told, ...closed];
}

function judge(
  state: PipelineState,
  delta: ActivityDelta,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): readonly AnomalyEvent[] {
  const { actor } = delta;
  const findings = findingsOf(state, delta, context);
  if (findings.length === 0) return [];
  const known = state.episodes.get(actor.id);
  const episode = joinFindings(known ?? openEpisode(actor, delta.epoch), findings);
  const decision = decideAlert(
    episode,
    context.alerts,
    settingOf(state.baselines.get(actor.id), at, activeActors, context),
  );
  state.episodes.set(actor.id, decision.episode);
  return decision.event === undefined ? [] : [decision.event];
}

function findingsOf(state: PipelineState, delta: ActivityDelta, context: SealContext): readonly Finding[] {
  const { actor } = delta;
  const population = populationOf(state, actor.account);
  const knowledge = {
    own: state.baselines.get(actor.id),
    peers: population.peers.get(actor.peerGroup),
    account: population.account,
    novelty: population.novelty,
    ownAccounts: context.ownAccounts,
    allowanceBits: context.alerts.allowanceBits,
  };
  const findings = scoreEpoch(delta, knowledge, (detector) => context.detectorMode(detector) === 'alert');
  return findings.filter((finding) => finding.last >= context.alertAfter && isEvidence(finding, context.alerts));
}

function closeEpisodes(
  state: PipelineState,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): readonly AnomalyEvent[] {
  const over = [...state.episodes.values()].filter((episode) => isOver(episode, at, context.alerts));
  over.sort((a, b) => (a.actor.id < b.actor.id ? -1 : 1));
  return over.flatMap((episode) => {
    state.episodes.delete(episode.actor.id);
    const setting = settingOf(state.baselines.get(episode.actor.id), at, activeActors, context);
    return closeAlert(episode, context.alerts, setting) ?? [];
  });
}

function learn(state: PipelineState, delta: ActivityDelta): void {
  const { actor } = delta;
  const baseline = state.baselines.get(actor.id) ?? emptyBaseline(dayOf(epochStart(delta.epoch)));
  state.baselines.set(actor.id, baseline);
  state.names.set(actor.id, { kind: actor.kind, name: actor.name, arn: actor.arn });
  const trusted = state.episodes.get(actor.id)?.published === undefined;
  learnEpoch(baseline, populationOf(state, actor.account), delta, trusted);
}

/** What an alert says beside its episode, as of an instant. */
export function settingOf(
  own: ActorBaseline | undefined,
  at: EpochMs,
  activeActors: number,
  { mode, configVersion }: Pick<SealContext, 'mode' | 'configVersion'>,
): Setting {
  return { at, history: historyOf(own), activeActors, mode, configVersion, baselineVersion: BASELINE_VERSION };
}

function historyOf(own: ActorBaseline | undefined): History {
  if (own === undefined) return { events: 0, days: 0, activeDays: 0 };
  return { events: own.events, days: own.lastDay - own.firstDay + 1, activeDays: own.activeDays };
}

/** Actors of the whole deployment seen within a week. */
export function countActive({ baselines }: PipelineState, at: EpochMs): number {
  const since = dayOf(at - ACTIVE_WITHIN_DAYS * DAY_MS);
  let active = 0;
  for (const { lastDay } of baselines.values()) if (lastDay >= since) active += 1;
  return active;
}
