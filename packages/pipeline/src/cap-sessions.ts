import { type ActivityDelta, emptyDelta, mergeDelta } from '@portcullis/baseline';
import type { Actor } from '@portcullis/event';
import type { PipelineState } from './pipeline-state.ts';

/**
 * Bounds the actors that are keyed by a session name, whoever chooses the names.
 *
 * Sessions that are known stay; new ones of this epoch join in the order of their ids until the role
 * has `maxPerRole`; the rest is judged as the role itself. Decided at the seal, from the whole epoch,
 * so the order of delivery does not choose who gets in.
 */
export function capSessions(
  deltas: ReadonlyMap<string, ActivityDelta>,
  state: PipelineState,
  maxPerRole: number,
): readonly ActivityDelta[] {
  const kept = new Map<string, ActivityDelta>();
  const newByRole = new Map<Actor['id'], { role: Actor; deltas: ActivityDelta[] }>();
  for (const [id, delta] of deltas) {
    const role = delta.actor.sharedRole;
    // Who is only reported about has no session here
    if (role === undefined || delta.events === 0 || state.baselines.has(id)) {
      kept.set(id, delta);
      continue;
    }
    const group = newByRole.get(role.id);
    if (group === undefined) newByRole.set(role.id, { role, deltas: [delta] });
    else group.deltas.push(delta);
  }
  for (const [roleId, group] of newByRole) {
    const known = state.sessionsPerRole.get(roleId) ?? 0;
    const room = Math.max(0, maxPerRole - known);
    group.deltas.sort(byActor);
    for (const delta of group.deltas.slice(0, room)) kept.set(delta.actor.id, delta);
    state.sessionsPerRole.set(roleId, known + Math.min(room, group.deltas.length));
    const overflow = group.deltas.slice(room);
    const [first] = overflow;
    if (first === undefined) continue;
    const shared = kept.get(roleId) ?? emptyDelta(group.role, first.epoch, { late: first.late });
    for (const delta of overflow) mergeDelta(shared, delta);
    kept.set(roleId, shared);
  }
  return [...kept.values()].sort(byActor);
}

function byActor(a: ActivityDelta, b: ActivityDelta): number {
  return a.actor.id < b.actor.id ? -1 : a.actor.id > b.actor.id ? 1 : 0;
}
