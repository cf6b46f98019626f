import {
  type DeclaredWork,
  declaredNote,
  type Episode,
  heldBackValues,
  type JudgedFinding,
  putAlert,
  standpointOf,
  type ToldAlert,
  workOfCalls,
  workOfFinding,
  worksOf,
} from '@portcullis/alert';
import { type ActivityDelta, withoutActions, withoutValues } from '@portcullis/baseline';
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

/** What people have to say about one actor's epoch. */
export interface Said {
  readonly state: PipelineState;
  readonly delta: ActivityDelta;
  readonly declared: DeclaredPart;
  /** Episode that is open now, if any. */
  readonly open: Episode | undefined;
  readonly at: EpochMs;
  readonly context: SealContext;
  /** Judges another view of the same epoch. */
  judge(view: ActivityDelta): readonly Finding[];
}

/**
 * Marks what was declared, answered, or told and not answered yet, so that it is shown without counting, and
 * drops what the open episode has told already.
 *
 * What is marked joins an episode, it does not open one; only declared work does, so that a case that
 * follows shows it.
 */
export function markFindings(found: readonly Finding[], said: Said): readonly JudgedFinding[] {
  const counts = found.filter(({ family }) => family === 'how-much');
  const values = found.filter(({ family }) => family !== 'how-much');
  const marked = markAnswered(
    values.map((finding) => markDeclared(finding, said)),
    said,
  );
  const joined = [...marked, ...markAnswered(countsAlone(counts, values, marked, said), said)];
  const opens = joined.some(({ note }) => note === undefined || isDeclaration(note));
  return said.open !== undefined || opens ? joined : [];
}

function markDeclared(finding: Finding, { declared: { works }, delta, context }: Said): JudgedFinding {
  const work = workOfFinding(works, finding, delta.actor, context.ownAccounts);
  return work === undefined ? finding : { ...finding, note: declaredNote(work) };
}

/**
 * Counts are not marked by their events but judged a second time, without the declared calls and without
 * the values that are known from earlier alerts: what is still too much counts, with the bits that it has alone.
 */
function countsAlone(
  counts: readonly Finding[],
  values: readonly Finding[],
  marked: readonly JudgedFinding[],
  { state, delta, declared: { works, rest }, judge }: Said,
): readonly JudgedFinding[] {
  if (counts.length === 0) return [];
  const known = new Set(heldBackValues(state.alerts.byActor.get(delta.actor.id)));
  const counting = new Set(marked.filter(({ note }) => note === undefined || isDeclaration(note)).map(keyOf));
  for (const finding of values) if (!counting.has(keyOf(finding))) known.add(finding.value);
  const view = known.size === 0 ? rest : withoutValues(rest, known);
  if (view === delta) return counts;
  const alone = new Map(judge(view).map((finding) => [keyOf(finding), finding]));
  return counts.flatMap((finding): JudgedFinding[] => {
    const left = alone.get(keyOf(finding));
    if (left !== undefined) return [left];
    return works[0] === undefined ? [] : [{ ...finding, note: declaredNote(works[0]) }];
  });
}

/** What is looked at for answers. */
export interface Answered extends Pick<Said, 'state' | 'open' | 'at' | 'context'> {
  readonly delta: Pick<ActivityDelta, 'actor'>;
}

/** Counts in the alerts concerned that the same was seen again. */
export function markAnswered(
  findings: readonly JudgedFinding[],
  { state, delta: { actor }, open, at, context: { teams } }: Answered,
): readonly JudgedFinding[] {
  const { byActor, byId, scoped } = state.alerts;
  const own = byActor.get(actor.id) ?? [];
  if (own.length === 0 && scoped.size === 0) return findings;
  const others = [...scoped].sort().flatMap((id) => byId.get(id) ?? []);
  const standing = { actor, openId: open?.id, own, scoped: others, teams, at };
  const again = new Map<string, ToldAlert>();
  const marked = findings.flatMap((finding): JudgedFinding[] => {
    if (finding.note !== undefined) return [finding];
    const standpoint = standpointOf(finding, standing);
    if (standpoint.kind === 'counts') return [finding];
    again.set(standpoint.alert.id, standpoint.alert);
    return standpoint.kind === 'noted' ? [{ ...finding, note: standpoint.note }] : [];
  });
  for (const alert of again.values()) {
    if (alert.again?.last === at) continue;
    const hours = (alert.again?.hours ?? 0) + 1;
    putAlert(state.alerts, { ...alert, again: { hours, last: Math.max(at, alert.again?.last ?? at) } });
  }
  return marked;
}

function keyOf({ detector, value }: Finding): string {
  return `${detector} ${value}`;
}

function isDeclaration(note: string): boolean {
  return note.startsWith('declared: ');
}
