import { type Answer, closeAlert, type Episode, isNewer, type Mute, putAlert, restateAlert } from '@portcullis/alert';
import type { AnomalyEvent, Decision, MuteDecision, VerdictDecision } from '@portcullis/contract';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import { type PipelineState, reachedBy } from './pipeline-state.ts';
import { type SealContext, settingAt } from './seal-context.ts';
import { holdBack, rememberTold } from './tell.ts';
import { toldWork } from './told-work.ts';

/**
 * `applied`: from now on in force. `repeated`: was so before, or is over, or something later is. `unmatched`: answers an
 * alert that had not been told by then, or that is forgotten.
 */
export type DecisionOutcome = 'applied' | 'repeated' | 'unmatched';

export interface AppliedDecision {
  readonly decision: Decision;
  readonly outcome: DecisionOutcome;
}

export interface Decided {
  readonly events: readonly AnomalyEvent[];
  readonly applied: readonly AppliedDecision[];
}

/** Late events may belong to the work of the days before. */
const KEEP_WORK_MS = 2 * DAY_MS;

/** Adds decisions to those whose time has not come; each once, in an order that does not depend on theirs. */
export function queueDecisions(state: PipelineState, decisions: readonly Decision[]): void {
  const byText = new Map([...state.decisions, ...decisions].map((decision) => [canonical(decision), decision]));
  state.decisions = [...byText]
    .sort(([a, x], [b, y]) => Date.parse(x.at) - Date.parse(y.at) || (a < b ? -1 : 1))
    .map(([, decision]) => decision);
}

/** Decisions take effect after all that was judged by their time and before anything later is. Changes the state. */
export function decideBefore(state: PipelineState, end: EpochMs, context: SealContext): Decided {
  return decide(state, ({ at }) => Date.parse(at) < end, context);
}

/** Lets everything take effect whose time the state has reached. Changes the state. */
export function decideReached(state: PipelineState, context: SealContext): Decided {
  const reached = reachedBy(state);
  return decide(state, ({ at }) => Date.parse(at) <= reached, context);
}

function decide(state: PipelineState, isDue: (decision: Decision) => boolean, context: SealContext): Decided {
  const due = state.decisions.filter(isDue);
  if (due.length === 0) return { events: [], applied: [] };
  state.decisions = state.decisions.slice(due.length);
  const events: AnomalyEvent[] = [];
  const applied = due.map((decision) => ({ decision, outcome: take(state, decision, context, events) }));
  forgetOver(state, reachedBy(state));
  return { events, applied };
}

/** Forgets what is over: mutes, and declared work. */
export function forgetOver(state: PipelineState, at: EpochMs): void {
  for (const [id, work] of state.works) if (isWorkOver(work, at)) state.works.delete(id);
  for (const [key, mute] of state.mutes) if (isMuteOver(mute, at)) state.mutes.delete(key);
}

function isWorkOver({ to }: { readonly to: EpochMs }, at: EpochMs): boolean {
  return to + KEEP_WORK_MS <= at;
}

function isMuteOver({ until }: Mute, at: EpochMs): boolean {
  return until <= at;
}

function take(state: PipelineState, decision: Decision, context: SealContext, events: AnomalyEvent[]): DecisionOutcome {
  switch (decision.kind) {
    case 'verdict':
      return takeVerdict(state, decision, context, events);
    case 'mute':
      return takeMute(state, decision);
    case 'declared-work': {
      const work = toldWork(decision);
      const known = state.works.get(work.id);
      if (known !== undefined && !isLater(work, known)) return 'repeated';
      state.works.set(work.id, work);
      return isWorkOver(work, reachedBy(state)) ? 'repeated' : 'applied';
    }
    default:
      return decision satisfies never;
  }
}

function takeMute(state: PipelineState, { at, until, by, reason, actor, episode }: MuteDecision): DecisionOutcome {
  const mute: Mute = { actor, episode, at: Date.parse(at), until: Date.parse(until), by, reason };
  const key = actor === undefined ? `episode ${episode}` : `actor ${actor}`;
  const known = state.mutes.get(key);
  if (known !== undefined && !isLater(mute, known)) return 'repeated';
  state.mutes.set(key, mute);
  return isMuteOver(mute, reachedBy(state)) ? 'repeated' : 'applied';
}

function takeVerdict(
  state: PipelineState,
  decision: VerdictDecision,
  context: SealContext,
  events: AnomalyEvent[],
): DecisionOutcome {
  const alert = state.alerts.byId.get(decision.episode);
  const answer = answerOf(decision);
  if (alert === undefined || answer.at < alert.told) return 'unmatched';
  if (!isNewer(answer, alert.answer)) return 'repeated';
  putAlert(state.alerts, { ...alert, answer });
  const current = state.episodes.get(alert.actor.id);
  const open = current?.id === alert.id ? current : undefined;
  const event = followVerdict(state, answer, open, current === undefined ? alert.episode : undefined, context);
  if (event !== undefined) events.push(event);
  holdBack(state, alert);
  return 'applied';
}

/** What a verdict does to the episode: harmless ones close, others are told again with the answer. */
function followVerdict(
  state: PipelineState,
  answer: Answer,
  open: Episode | undefined,
  closed: Episode | undefined,
  context: SealContext,
): AnomalyEvent | undefined {
  const episode = open ?? (answer.verdict === 'reopened' ? closed : undefined);
  if (episode === undefined) return undefined;
  const setting = settingAt(state, episode, answer.at, context);
  if (answer.verdict === 'dismissed' || answer.verdict === 'expected') {
    state.episodes.delete(episode.actor.id);
    const last = closeAlert(episode, context.alerts, setting);
    keep(state, last.episode, last.event, answer.at, true);
    return last.event;
  }
  const restated = restateAlert(episode, context.alerts, setting);
  state.episodes.set(episode.actor.id, restated.episode);
  keep(state, restated.episode, restated.event, answer.at, false);
  return restated.event;
}

function keep(
  state: PipelineState,
  episode: Episode,
  event: AnomalyEvent | undefined,
  at: EpochMs,
  closed: boolean,
): void {
  if (event !== undefined) rememberTold(state, episode, event, at);
  const told = state.alerts.byId.get(episode.id);
  if (told !== undefined) putAlert(state.alerts, { ...told, closed, episode: closed ? episode : undefined });
}

function answerOf({ verdict, by, reason, at, scope }: VerdictDecision): Answer {
  if (scope === undefined) return { verdict, by, reason, at: Date.parse(at) };
  const { actors, team, until } = scope;
  const untilMs = until === undefined ? undefined : Date.parse(until);
  return { verdict, by, reason, at: Date.parse(at), scope: { actors, team, until: untilMs } };
}

/** As with answers: the later one holds, and of two at one time the one that sorts last. */
function isLater(next: { readonly at: EpochMs }, known: { readonly at: EpochMs }): boolean {
  if (next.at !== known.at) return next.at > known.at;
  return JSON.stringify(next) > JSON.stringify(known);
}

/** The same text for equal decisions, however their fields were ordered. */
function canonical(decision: Decision): string {
  return JSON.stringify(decision, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
