import { type ActivityEvent, dayOf, type EpochMs } from '@portcullis/event';
import { ActorDays, type Rule, type RuleMemory } from './rule.ts';

/** All that one actor did for the first time on one day. */
export interface FirstSeenAlert {
  readonly actorId: string;
  readonly day: number;
  readonly eventIds: readonly string[];
}

/**
 * The rule that anything better must beat: an action that an actor has never used before raises an alert.
 *
 * Its score is how many such actions the day has had, this one included. An actor seen for the first time alerts with all it does.
 */
export const firstSeenAction: Rule = {
  id: 'first-seen-action',
  title: 'first-seen action per principal',
  unit: 'new actions a day',
  threshold: 1,
  sweep: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20],
  start: () => remembering(new Map(), new Map()),
};

function remembering(seen: Map<string, Set<string>>, today: Map<string, [day: number, count: number]>): RuleMemory {
  return {
    hour: (events) =>
      events.flatMap((event) => {
        const { actor, action, time } = event;
        const actions = seen.get(actor.id) ?? new Set<string>();
        seen.set(actor.id, actions);
        if (actions.has(action.name)) return [];
        actions.add(action.name);
        const [day, count] = today.get(actor.id) ?? [0, 0];
        const score = day === dayOf(time) ? count + 1 : 1;
        today.set(actor.id, [dayOf(time), score]);
        return [{ event, score }];
      }),
    fork: () => remembering(structuredClone(seen), structuredClone(today)),
  };
}

/** The rule over all events at once; everything before `alertAfter` is learned in silence. */
export function firstSeenActions(events: Iterable<ActivityEvent>, alertAfter: EpochMs): FirstSeenAlert[] {
  const days = new ActorDays(alertAfter);
  days.add(firstSeenAction.start().hour([...events].sort((a, b) => a.time - b.time)));
  return days.all().map(({ actorId, day, marks }) => ({ actorId, day, eventIds: marks.map(({ eventId }) => eventId) }));
}
