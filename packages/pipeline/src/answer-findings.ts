import {
  type DeclaredWork,
  declaredNote,
  type Episode,
  type JudgedFinding,
  putAlert,
  standpointOf,
  workOfCalls,
  workOfFinding,
  worksOf,
} from '@portcullis/alert';
import { type ActivityDelta, withoutActions } from '@portcullis/baseline';
import { EPOCH_MS, type EpochMs, epochStart } from '@portcullis/event';
import type { Finding } from '@portcullis/score';
import type { PipelineState } from './pipeline-state.ts';
import type { SealContext } from './seal-context.ts';

/** What one actor did in one epoch, told apart by whether somebody had announced it. */
export interface DeclaredPart {
  readonly works: readonly DeclaredWork[];
  /** All but the declared calls; the whole delta where nothing was declared. What is learned. */
  readonly rest: ActivityDelta;
}

/** Takes the declared calls out: planned work is no reason to find it usual the next time. */
export function declaredPart(state: PipelineState, delta: ActivityDelta, context: SealContext): DeclaredPart {
  if (state.works.size === 0 && context.works.length === 0) return { works: [], rest: delta };
  const start = epochStart(delta.epoch);
  const works = worksOf([...state.works.values(), ...context.works], delta.actor, start, start + EPOCH_MS);
  if (works.length === 0) return { works, rest: delta };
  const isDeclared = ({ value, first, last, witnesses }: (typeof delta.sightings.action.list)[number]) =>
    workOfCalls(works, { value, first, last, witnesses }, delta.actor) !== undefined;
  return { works, rest: withoutActions(delta, isDeclared) };
}

/**
 * Marks what declared work covers. Counts are not marked by their events but judged a second time, without the
 * declared calls: what is still too much counts, with the bits that it has alone.
 *
 * @param judgeRest - findings about the rest of the epoch
 */
export function markDeclared(
  findings: readonly Finding[],
  { works }: DeclaredPart,
  delta: ActivityDelta,
  context: SealContext,
  judgeRest: () => readonly Finding[],
): readonly JudgedFinding[] {
  const [first] = works;
  if (first === undefined) return findings;
  let rest: readonly Finding[] | undefined;
  return findings.map((finding) => {
    if (finding.family === 'how-much') {
      rest ??= judgeRest();
      const alone = rest.find(({ detector, value }) => detector === finding.detector && value === finding.value);
      return alone ?? { ...finding, note: declaredNote(first) };
    }
    const work = workOfFinding(works, finding, delta.actor, context.ownAccounts);
    return work === undefined ? finding : { ...finding, note: declaredNote(work) };
  });
}

/**
 * Marks what was answered, or told and not answered yet, and drops what the open episode has told already.
 *
 * What is marked joins an episode, it does not open one; only declared work does, so that a case that
 * follows shows it. Counts in the alerts concerned that the same was seen again.
 */
export function markAnswered(
  state: PipelineState,
  findings: readonly JudgedFinding[],
  delta: ActivityDelta,
  open: Episode | undefined,
  at: EpochMs,
  { teams }: SealContext,
): readonly JudgedFinding[] {
  const { actor } = delta;
  const { byActor, byId, scoped } = state.alerts;
  const own = byActor.get(actor.id) ?? [];
  if (own.length === 0 && scoped.size === 0) return findings;
  const standing = {
    actor,
    openId: open?.id,
    own,
    scoped: [...scoped].sort().flatMap((id) => byId.get(id) ?? []),
    teams,
    at,
  };
  const again = new Set<string>();
  const marked = findings.flatMap((finding): JudgedFinding[] => {
    if (finding.note !== undefined) return [finding];
    const standpoint = standpointOf(finding, standing);
    if (standpoint.kind === 'counts') return [finding];
    again.add(standpoint.alert.id);
    return standpoint.kind === 'noted' ? [{ ...finding, note: standpoint.note }] : [];
  });
  for (const id of again) {
    const alert = byId.get(id);
    if (alert === undefined) continue;
    const hours = (alert.again?.hours ?? 0) + 1;
    putAlert(state.alerts, { ...alert, again: { hours, last: Math.max(at, alert.again?.last ?? at) } });
  }
  const joins = open !== undefined || marked.some(({ note }) => note === undefined || isDeclaration(note));
  return joins ? marked : [];
}

function isDeclaration(note: string): boolean {
  return note.startsWith('declared: ');
}
