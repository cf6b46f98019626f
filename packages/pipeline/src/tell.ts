import {
  caseOf,
  decideAlert,
  type Episode,
  heldBackValues,
  isMuted,
  joinCase,
  putAlert,
  restateAlert,
  suppressEvidence,
  thresholdOf,
  toldAlert,
} from '@portcullis/alert';
import { forgetValues } from '@portcullis/baseline';
import type { AnomalyEvent } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import { isLinked } from './chain-links.ts';
import type { PipelineState } from './pipeline-state.ts';
import { type SealContext, settingAt } from './seal-context.ts';

/**
 * Decides on an episode with new evidence, and remembers what is told.
 *
 * What is suppressed or muted stays untold: once that is over, the next evidence tells it.
 */
export function tellEpisode(
  state: PipelineState,
  episode: Episode,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): AnomalyEvent | undefined {
  const setting = settingAt(state, episode, at, context, activeActors);
  const { shown, by } = suppressEvidence(episode, context.suppressions, at);
  const decision = decideAlert(shown, context.alerts, setting);
  if (decision.event === undefined) {
    const hidden = shown === episode ? undefined : decideAlert(episode, context.alerts, setting).event;
    if (hidden !== undefined) context.onHidden?.({ event: hidden, suppressions: by });
    return untold(state, { ...episode, peak: decision.episode.peak }, hidden !== undefined);
  }
  const joined = joinOpenCase(state, shown, decision.episode, at, activeActors, context);
  if (joined !== undefined) {
    untold(state, episode, true);
    return joined.event;
  }
  if (isMuted(shown, state.mutes.values(), at)) {
    context.onHidden?.({ event: decision.event, suppressions: [] });
    return untold(state, episode, true);
  }
  state.episodes.set(episode.actor.id, { ...decision.episode, evidence: episode.evidence });
  rememberTold(state, decision.episode, decision.event, at);
  return decision.event;
}

/**
 * Joins an episode that would open an alert to the case it belongs to, unless what its actor does beyond what is
 * shared alerts by itself. The case is told again when somebody new joins.
 *
 * @returns `undefined` where it belongs to none
 */
function joinOpenCase(
  state: PipelineState,
  before: Episode,
  episode: Episode,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): { readonly event: AnomalyEvent | undefined } | undefined {
  if (before.published !== undefined || episode.evidence.some(({ always }) => always)) return undefined;
  // Of all accounts: one person with sessions in three of them is one case
  const told = [...state.episodes.values()].filter(({ published }) => published !== undefined);
  const found = caseOf(before, told, context.alerts, (one, other) => isLinked(state, one, other));
  if (found === undefined) return undefined;
  const setting = settingAt(state, found.lead, at, context, activeActors);
  if (found.ownRisk >= thresholdOf(context.alerts, setting)) return undefined;
  const { lead, grown } = joinCase(found.lead, before, at, context.alerts);
  const shown = suppressEvidence(lead, context.suppressions, at).shown;
  const { episode: restated, event } = grown
    ? restateAlert(shown, context.alerts, setting)
    : { episode: lead, event: undefined };
  state.episodes.set(lead.actor.id, { ...restated, evidence: lead.evidence });
  if (event === undefined || isMuted(lead, state.mutes.values(), at)) return { event: undefined };
  rememberTold(state, restated, event, at);
  return { event };
}

/** Keeps an alert as it was told. What made it is not usual for the actor until somebody says so. */
export function rememberTold(state: PipelineState, episode: Episode, event: AnomalyEvent, at: EpochMs): void {
  putAlert(state.alerts, toldAlert(state.alerts.byId.get(episode.id), episode, event, at));
  holdBack(state, episode);
}

/** Takes what is held back out of the actor's baseline, in case it was learned before it was told. */
export function holdBack(state: PipelineState, episode: Pick<Episode, 'actor'>): void {
  const baseline = state.baselines.get(episode.actor.id);
  const held = heldBackValues(state.alerts.byActor.get(episode.actor.id));
  if (baseline !== undefined && held !== undefined) forgetValues(baseline, held);
}

function untold(state: PipelineState, episode: Episode, withheld: boolean): undefined {
  state.episodes.set(episode.actor.id, withheld ? { ...episode, withheld } : episode);
}
