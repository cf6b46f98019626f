import { type ActivityEvent, dayOf, type EpochMs } from '@portcullis/event';

/** All that one actor did for the first time on one day. */
export interface FirstSeenAlert {
  readonly actorId: string;
  readonly day: number;
  readonly eventIds: readonly string[];
}

/**
 * The rule that anything better must beat: an action that an actor has never used before raises an alert.
 *
 * One alert per actor and day. Everything before `alertAfter` is learned in silence. An actor seen for
 * the first time after it alerts with all it does.
 */
export function firstSeenActions(events: Iterable<ActivityEvent>, alertAfter: EpochMs): FirstSeenAlert[] {
  const seen = new Map<string, Set<string>>();
  const alerts = new Map<string, { actorId: string; day: number; eventIds: string[] }>();
  for (const { id, actor, action, time } of [...events].sort((a, b) => a.time - b.time)) {
    const actions = seen.get(actor.id) ?? new Set<string>();
    seen.set(actor.id, actions);
    if (actions.has(action.name)) continue;
    actions.add(action.name);
    if (time < alertAfter) continue;
    const day = dayOf(time);
    const alert = alerts.get(`${actor.id} ${day}`) ?? { actorId: actor.id, day, eventIds: [] };
    alerts.set(`${actor.id} ${day}`, alert);
    alert.eventIds.push(id);
  }
  return [...alerts.values()];
}
