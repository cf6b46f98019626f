import {
  closeAlert,
  type Episode,
  heldBackValues,
  isEvidence,
  isOver,
  joinFindings,
  openEpisode,
  putAlert,
} from '@portcullis/alert';
import { type ActivityDelta, emptyBaseline, learnEpoch, withoutValues } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import { dayOf, EPOCH_MS, type EpochIndex, type EpochMs, epochStart } from '@portcullis/event';
import { type Finding, scoreEpoch } from '@portcullis/score';
import { type DeclaredPart, declaredPart, markAnswered, markDeclared } from './answer-findings.ts';
import { capSessions } from './cap-sessions.ts';
import { forgetOver } from './decide.ts';
import { type PipelineState, populationOf } from './pipeline-state.ts';
import { countActive, type SealContext, settingAt } from './seal-context.ts';
import { rememberTold, tellEpisode } from './tell.ts';

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
  const capped = capSessions(deltas, state, context.maxSessionsPerRole).map((delta) => ({
    delta,
    declared: declaredPart(state, delta, context),
  }));
  const activeActors = countActive(state, at);
  const told =
    at <= context.alertAfter
      ? []
      : capped.flatMap(({ delta, declared }) => judge(state, delta, declared, at, activeActors, context));
  const closed = closeEpisodes(state, at, activeActors, context);
  for (const { delta, declared } of capped) if (!delta.late) learn(state, declared.rest);
  forgetOver(state, at);
  state.sealedThrough = Math.max(state.sealedThrough, epoch);
  return [...told, ...closed];
}

function judge(
  state: PipelineState,
  delta: ActivityDelta,
  declared: DeclaredPart,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): readonly AnomalyEvent[] {
  const { actor } = delta;
  const found = findingsOf(state, delta, context);
  if (found.length === 0) return [];
  const known = state.episodes.get(actor.id);
  const judged = markDeclared(found, declared, delta, context, () => findingsOf(state, declared.rest, context));
  const findings = markAnswered(state, judged, delta, known, at, context);
  if (findings.length === 0) return [];
  const episode = joinFindings(known ?? openFresh(state, delta), findings);
  const event = tellEpisode(state, episode, at, activeActors, context);
  return event === undefined ? [] : [event];
}

/** Late evidence may belong to an hour whose episode was told and closed: an id is never used twice. */
function openFresh(state: PipelineState, { actor, epoch }: ActivityDelta): Episode {
  let episode = openEpisode(actor, epoch);
  while (state.alerts.byId.has(episode.id)) episode = openEpisode(actor, episode.openedEpoch + 1);
  return episode;
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
    const told = state.alerts.byId.get(episode.id);
    const { event } = closeAlert(episode, context.alerts, settingAt(state, episode, at, context, activeActors));
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
  const trusted = state.episodes.get(actor.id)?.published === undefined;
  const held = heldBackValues(state.alerts.byActor.get(actor.id));
  const learned = held === undefined ? delta : withoutValues(delta, held);
  learnEpoch(baseline, populationOf(state, actor.account), learned, trusted);
}
