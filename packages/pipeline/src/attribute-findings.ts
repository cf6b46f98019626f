import { type ActivityDelta, emptyDelta, observeFinding } from '@portcullis/baseline';
import type { Actor, FindingEvent } from '@portcullis/event';
import type { KnownActor, PipelineState } from './pipeline-state.ts';

/**
 * Finds the actor that a finding is about where the finding itself shows less of it than CloudTrail does: a function behind the session
 * of a role, a role or user told by name only, the right name of what is told by id.
 *
 * Only where there is one such actor. Decided at the seal, from the whole hour, so that order of arrival does not choose. Gives the same
 * deltas where there is nothing to find.
 */
export function attributeFindings(
  deltas: ReadonlyMap<string, ActivityDelta>,
  state: PipelineState,
): ReadonlyMap<string, ActivityDelta> {
  const found = [...deltas.values()].filter(({ findings }) => findings.length > 0).sort(byActor);
  if (found.length === 0) return deltas;
  const attributed = new Map(deltas);
  const moved: { readonly finding: FindingEvent; readonly to: Actor; readonly from: ActivityDelta }[] = [];
  for (const delta of found) {
    const staying: FindingEvent[] = [];
    for (const finding of delta.findings) {
      const to = ownerOf(finding, deltas, state);
      if (to === undefined) staying.push(finding);
      else moved.push({ finding, to, from: delta });
    }
    const { actor, events } = delta;
    if (events === 0 && staying.length === 0) attributed.delete(actor.id);
    else attributed.set(actor.id, { ...delta, actor: events === 0 ? named(actor, state) : actor, findings: staying });
  }
  for (const { finding, to, from } of moved) {
    const target = attributed.get(to.id);
    const delta = target === undefined ? emptyDelta(to, from.epoch, { late: from.late }) : { ...target };
    observeFinding(delta, finding);
    attributed.set(to.id, delta);
  }
  return attributed;
}

/** `undefined` where it is the actor that the finding names. */
function ownerOf(
  { actor, sessionName }: FindingEvent,
  deltas: ReadonlyMap<string, ActivityDelta>,
  state: PipelineState,
): Actor | undefined {
  if (actor.kind !== 'role' && actor.kind !== 'user') return undefined;
  const isFunction = ({ kind, name, role }: KnownActor) =>
    kind === 'function' && name === sessionName && lastPart(role ?? '') === actor.name;
  if (actor.kind === 'role' && sessionName !== undefined) {
    const ran = only(actor, deltas, state, isFunction);
    if (ran !== undefined) return ran;
  }
  if (state.names.has(actor.id) || (deltas.get(actor.id)?.events ?? 0) > 0) return undefined;
  return only(actor, deltas, state, ({ kind, name }) => kind === actor.kind && name === actor.name);
}

/** The one actor of the same account, known or active in this hour, that is so. */
function only(
  { account }: Actor,
  deltas: ReadonlyMap<string, ActivityDelta>,
  { names }: PipelineState,
  isSo: (known: KnownActor) => boolean,
): Actor | undefined {
  const matching = new Map<string, Actor>();
  for (const [id, known] of names) {
    if (isOf(id, account) && isSo(known)) matching.set(id, actorOf(id, account, known));
  }
  for (const { actor, events } of deltas.values()) {
    if (events > 0 && isOf(actor.id, account) && isSo(actor)) matching.set(actor.id, actor);
  }
  const [first, second] = matching.values();
  return second === undefined ? first : undefined;
}

/** What AWS does on an actor's behalf is judged apart, and no finding tells it apart. */
function isOf(id: string, account: string): boolean {
  return id.startsWith(`${account}/`) && !id.includes('/via/');
}

function named(actor: Actor, { names }: PipelineState): Actor {
  const known = names.get(actor.id);
  return known === undefined ? actor : { ...actor, ...known };
}

function actorOf(id: string, account: string, { kind, name, arn, role }: KnownActor): Actor {
  const shared = { account, via: undefined, sharedRole: undefined, root: false, revocable: true };
  return { ...shared, id, kind, name, arn, role, peerGroup: kind };
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function byActor(a: ActivityDelta, b: ActivityDelta): number {
  return a.actor.id < b.actor.id ? -1 : 1;
}
