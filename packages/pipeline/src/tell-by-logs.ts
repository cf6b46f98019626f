import { joinFindings, measured, openEpisode } from '@portcullis/alert';
import type { AnomalyEvent } from '@portcullis/contract';
import type { Actor, EpochIndex, EpochMs } from '@portcullis/event';
import type { Judgment } from '@portcullis/score';
import { markAnswered } from './answer-findings.ts';
import { isTold, openFresh } from './evidence-in-time.ts';
import type { PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';
import { tellEpisode } from './tell.ts';

/** Joins what logs other than CloudTrail's say of an actor to its episode, and tells what is worth telling. Changes `state` in place. */
export function tellByLogs(
  state: PipelineState,
  actor: Actor,
  epoch: EpochIndex,
  judgment: Judgment,
  at: EpochMs,
  activeActors: number,
  context: SealContext,
): AnomalyEvent | undefined {
  const found = judgment.findings.filter((finding) => isTold(finding, at, context));
  if (found.length === 0) return undefined;
  const open = state.episodes.get(actor.id);
  if (at <= context.alertAfter) {
    const joined = joinFindings(open ?? openEpisode(actor, epoch), found);
    state.episodes.set(actor.id, measured({ ...joined, silent: true }, context.alerts, at));
    return undefined;
  }
  const known = open?.silent ? undefined : open;
  const marked = markAnswered(found, { state, delta: { actor }, open: known, at, context });
  if (marked.length === 0 || (known === undefined && marked.every(({ note }) => note !== undefined))) return undefined;
  return tellEpisode(
    state,
    joinFindings(known ?? openFresh(state, { actor, epoch }), marked),
    at,
    activeActors,
    context,
  );
}
