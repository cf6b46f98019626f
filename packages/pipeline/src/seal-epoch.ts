import {
  closeAlert,
  heldBackValues,
  isOver,
  isUnderAlert,
  joinFindings,
  measured,
  openEpisode,
  putAlert,
  thresholdOf,
} from '@portcullis/alert';
import {
  type ActivityDelta,
  ageOn,
  emptyBaseline,
  type FunctionDelta,
  learnEpoch,
  letGoOfUsual,
  type TrafficDelta,
  withoutValues,
} from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { dayOf, EPOCH_MS, type EpochIndex, type EpochMs, epochStart } from '@portcullis/event';
import { calibrator, type Judgment, type Knowledge, SHIPPED_CALIBRATION, scoreEpoch } from '@portcullis/score';
import { type DeclaredPart, declaredPart, markFindings } from './answer-findings.ts';
import { attributeFindings } from './attribute-findings.ts';
import { addToDay, finishDays } from './calibration-days.ts';
import { capSessions } from './cap-sessions.ts';
import { forgetOver } from './decide.ts';
import { isTold, openFresh } from './evidence-in-time.ts';
import { countEpisode, watchHour } from './normal-episodes.ts';
import { type PipelineState, populationOf } from './pipeline-state.ts';
import { countActive, type SealContext, settingAt } from './seal-context.ts';
import { sealFunctions } from './seal-functions.ts';
import { sealTraffic } from './seal-traffic.ts';
import { rememberTold, tellEpisode } from './tell.ts';

const NO_FUNCTIONS: ReadonlyMap<string, FunctionDelta> = new Map();
const NO_TRAFFIC: ReadonlyMap<string, TrafficDelta> = new Map();

/**
 * Judges a finished epoch, tells what is worth telling, then learns from it.
 *
 * All actors are judged by the state as of the seal before, in the order of their ids; only then does
 * anybody learn. So the outcome is a function of the epoch's set of events. Changes `state` in place.
 *
 * @param deltas - one per actor; `late` ones are judged but not learned from
 * @param functions - what functions did by their own logs, by id of the function
 * @param traffic - what flow logs and access logs tell, by id of the party
 */
export function sealEpoch(
  state: PipelineState,
  epoch: EpochIndex,
  deltas: ReadonlyMap<string, ActivityDelta>,
  context: SealContext,
  functions: ReadonlyMap<string, FunctionDelta> = NO_FUNCTIONS,
  traffic: ReadonlyMap<string, TrafficDelta> = NO_TRAFFIC,
): readonly AnomalyEvent[] {
  const at = epochStart(epoch) + EPOCH_MS;
  const attributed = attributeFindings(deltas, state);
  const capped = capSessions(attributed, state, context.maxSessionsPerRole).map((delta) => {
    letGoOfUsual(delta, state.baselines.get(delta.actor.id));
    return { delta, declared: declaredPart(state, delta, context) };
  });
  const activeActors = countActive(state, at);
  if (epoch > state.sealedThrough) watchHour(state, dayOf(epochStart(epoch)), activeActors);
  finishDays(state.learned, dayOf(epochStart(epoch)), (actorId) => !isUnderAlert(state.episodes.get(actorId)));
  const judging = judgeContext(state, context);
  const told = capped.flatMap(({ delta, declared }) => judge(state, delta, declared, at, activeActors, judging));
  const ofFunctions = sealFunctions(state, epoch, functions, activeActors, context);
  const ofTraffic = sealTraffic(state, epoch, traffic, functions, activeActors, context);
  const closed = closeEpisodes(state, at, activeActors, context);
  for (const { delta, declared } of capped) if (!delta.late) learn(state, declared.rest);
  forgetOver(state, at);
  state.sealedThrough = Math.max(state.sealedThrough, epoch);
  return [...told, ...ofFunctions, ...ofTraffic, ...closed];
}

/**
 * Judges hours that are still open, by the state as it is, and gives what would be told if they ended now. Nothing is learned, and
 * nothing that the state holds changes, but for baselines: what an alert holds back is taken out of those it is given.
 *
 * @param state - with baselines that are nobody else's
 */
export function judgeOpen(
  state: PipelineState,
  deltas: Iterable<ActivityDelta>,
  context: SealContext,
): readonly AnomalyEvent[] {
  const view = copyOf(state);
  const judging = judgeContext(view, context);
  const sorted = [...deltas].sort(byActorId);
  for (const delta of sorted) letGoOfUsual(delta, view.baselines.get(delta.actor.id));
  return sorted.flatMap((delta) => {
    const at = epochStart(delta.epoch) + EPOCH_MS;
    return judge(view, delta, declaredPart(view, delta, context), at, countActive(view, at), judging);
  });
}

/** Shares what judging only reads. */
function copyOf(state: PipelineState): PipelineState {
  const { byId, byActor, scoped } = state.alerts;
  return {
    ...state,
    populations: new Map(state.populations),
    episodes: new Map(state.episodes),
    learned: { ...state.learned, openDays: new Map() },
    alerts: { byId: new Map(byId), byActor: new Map(byActor), scoped: new Set(scoped) },
  };
}

function byActorId(a: ActivityDelta, b: ActivityDelta): number {
  return a.actor.id < b.actor.id ? -1 : 1;
}

function judgeContext(state: PipelineState, context: SealContext): JudgeContext {
  return {
    ...context,
    // Whose logs arrive here belongs to the house: trust among its accounts is no trust in strangers
    ownAccounts: new Set([...context.ownAccounts, ...state.accounts]),
    calibrate: calibrator([SHIPPED_CALIBRATION, state.learned.calibration]),
  };
}

/** What judging an epoch needs beside: bits as normal days make them. */
interface JudgeContext extends SealContext {
  readonly calibrate: Knowledge['calibrate'];
}

function judge(
  state: PipelineState,
  delta: ActivityDelta,
  declared: DeclaredPart,
  at: EpochMs,
  activeActors: number,
  context: JudgeContext,
): readonly AnomalyEvent[] {
  const { actor } = delta;
  const { findings: found, maxima } = findingsOf(state, delta, context);
  // A day of planned work says nothing about normal days
  const normal = declared.rest === delta ? maxima : findingsOf(state, declared.rest, context).maxima;
  if (!delta.late && delta.events > 0) addToDay(state.learned, actor.id, dayOf(epochStart(delta.epoch)), normal);
  if (found.length === 0) return [];
  const open = state.episodes.get(actor.id);
  if (at <= context.alertAfter) {
    const joined = joinFindings(open ?? openEpisode(actor, delta.epoch), found);
    state.episodes.set(actor.id, measured({ ...joined, silent: true }, context.alerts, at));
    return [];
  }
  const known = open?.silent ? undefined : open;
  const judgeView = (view: ActivityDelta) => findingsOf(state, view, context).findings;
  const findings = markFindings(found, { state, delta, declared, open: known, at, context, judge: judgeView });
  if (findings.length === 0) return [];
  const episode = joinFindings(known ?? openFresh(state, delta), findings);
  const event = tellEpisode(state, episode, at, activeActors, context);
  return event === undefined ? [] : [event];
}

function findingsOf(state: PipelineState, delta: ActivityDelta, context: JudgeContext): Judgment {
  const { actor } = delta;
  const population = populationOf(state, actor.account);
  const knowledge = {
    own: state.baselines.get(actor.id),
    ageDays: ageOn(state.baselines.get(actor.id), dayOf(epochStart(delta.epoch))),
    peers: population.peers.get(actor.peerGroup),
    account: population.account,
    novelty: population.novelty,
    ownAccounts: context.ownAccounts,
    allowanceBits: context.alerts.allowanceBits,
    calibrate: context.calibrate,
    findingBits: context.findingBits,
  };
  const at = epochStart(delta.epoch) + EPOCH_MS;
  const judgment = scoreEpoch(delta, knowledge, (detector) => context.detectorMode(detector) !== 'off');
  return { ...judgment, findings: judgment.findings.filter((finding) => isTold(finding, at, context)) };
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
    const setting = settingAt(state, episode, at, context, activeActors);
    countEpisode(state, episode, dayOf(epochStart(episode.openedEpoch)), thresholdOf(context.alerts, setting));
    if (episode.silent) return [];
    const told = state.alerts.byId.get(episode.id);
    const { event } = closeAlert(episode, context.alerts, setting);
    if (event !== undefined) rememberTold(state, episode, event, at);
    else if (told !== undefined) putAlert(state.alerts, { ...told, closed: true });
    return event ?? [];
  });
}

function learn(state: PipelineState, delta: ActivityDelta): void {
  const { actor } = delta;
  if (delta.events === 0) return; // all of it was declared
  const baseline = state.baselines.get(actor.id) ?? emptyBaseline(dayOf(epochStart(delta.epoch)));
  state.baselines.set(actor.id, baseline);
  for (const { account } of delta.sample.witnesses) state.accounts.add(account);
  const { kind, name, arn, role } = actor;
  state.names.set(actor.id, { kind, name, arn, role });
  const trusted = !isUnderAlert(state.episodes.get(actor.id));
  const held = heldBackValues(state.alerts.byActor.get(actor.id));
  const learned = held === undefined ? delta : withoutValues(delta, held);
  learnEpoch(baseline, populationOf(state, actor.account), learned, trusted);
  state.lastDays.set(actor.id, baseline.lastDay);
}
