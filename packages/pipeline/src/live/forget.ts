import { isUnderAlert, putAlert } from '@portcullis/alert';
import type { PipelineState } from '../pipeline-state.ts';
import type { LivePorts } from './ports.ts';

/**
 * Removes what the stores keep of actors. Idempotent.
 *
 * Open hours are looked through only for those that somebody asked to have removed: who is forgotten for being idle has none.
 */
export async function forgetActors(
  actorIds: readonly string[],
  accounts: Iterable<string>,
  ports: Pick<LivePorts, 'segments' | 'baselines' | 'alerts' | 'evidence' | 'forgets'>,
): Promise<void> {
  if (actorIds.length === 0) return;
  const { segments, baselines, alerts, evidence, forgets } = ports;
  const asked = (await forgets.asked()).filter((actorId) => actorIds.includes(actorId));
  if (asked.length > 0) await segments.forget(asked);
  await baselines.forget(actorIds);
  for (const actorId of actorIds) {
    await alerts.forget(actorId);
    const own = actorId.slice(0, actorId.indexOf('/'));
    for (const account of new Set([own, ...accounts])) await evidence.forget(account, actorId);
  }
  await forgets.done(actorIds);
}

/** Takes actors out of a state, as if they had never been. What populations counted of them has no names. Changes `state`. */
export function removeActors(state: PipelineState, actorIds: readonly string[]): void {
  const gone = new Set(actorIds);
  if (gone.size === 0) return;
  for (const actorId of gone) {
    for (const told of state.alerts.byActor.get(actorId) ?? []) {
      state.alerts.byId.delete(told.id);
      state.alerts.scoped.delete(told.id);
      state.mutes.delete(`episode ${told.id}`);
    }
    state.alerts.byActor.delete(actorId);
    state.episodes.delete(actorId);
    state.baselines.delete(actorId);
    state.lastDays.delete(actorId);
    state.names.delete(actorId);
    state.learned.openDays.delete(actorId);
    state.mutes.delete(`actor ${actorId}`);
  }
  for (const [actorId, episode] of state.episodes) {
    const members = episode.members?.filter(({ actor }) => !gone.has(actor.id));
    if (members?.length !== episode.members?.length) state.episodes.set(actorId, { ...episode, members });
  }
  for (const alert of state.alerts.byId.values()) {
    const others = alert.event.detail.data.case?.actors;
    const left = others?.filter(({ actor }) => !gone.has(actor.id));
    if (others === undefined || left === undefined || left.length === others.length) continue;
    const { case: told, ...data } = alert.event.detail.data;
    const kept = left.length === 0 || told === undefined ? data : { ...data, case: { ...told, actors: left } };
    putAlert(state.alerts, { ...alert, event: { ...alert.event, detail: { ...alert.event.detail, data: kept } } });
  }
}

/** Actors that were last seen before a day and about whom nothing is open. */
export function idleActors({ lastDays, episodes }: PipelineState, before: number): readonly string[] {
  return [...lastDays]
    .filter(([actorId, lastDay]) => lastDay < before && !isUnderAlert(episodes.get(actorId)))
    .map(([actorId]) => actorId);
}
