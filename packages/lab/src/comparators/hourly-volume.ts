import type { ActivityEvent } from '@portcullis/event';
import type { Mark, Rule, RuleMemory } from './rule.ts';

/** Active hours before which an actor's mean says nothing. */
const LEAST_HOURS = 8;
/** Else an actor that always makes the same number of calls would alert at one more. */
const LEAST_DEVIATION = 1;

/** Sums over the active hours of an actor (Welford). */
interface Moments {
  hours: number;
  mean: number;
  squares: number;
}

/** The textbook rule for volume: calls in an hour, in standard deviations above the actor's mean of active hours. */
export const hourlyVolume: Rule = {
  id: 'hourly-volume',
  title: 'hourly calls above mean + 3 sd',
  unit: 'standard deviations',
  threshold: 3,
  sweep: [2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30],
  start: () => remembering(new Map()),
};

function remembering(known: Map<string, Moments>): RuleMemory {
  return {
    hour(events) {
      const marks: Mark[] = [];
      for (const [actorId, calls] of Map.groupBy(events, ({ actor }) => actor.id)) {
        const moments = known.get(actorId) ?? { hours: 0, mean: 0, squares: 0 };
        known.set(actorId, moments);
        marks.push(...judged(calls, moments));
        learn(moments, calls.length);
      }
      return marks;
    },
    fork: () => remembering(structuredClone(known)),
  };
}

function judged(calls: readonly ActivityEvent[], { hours, mean, squares }: Moments): readonly Mark[] {
  if (hours < LEAST_HOURS) return [];
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (hours - 1)));
  const score = (calls.length - mean) / deviation;
  return score < 1 ? [] : calls.map((event) => ({ event, score }));
}

function learn(moments: Moments, count: number): void {
  moments.hours += 1;
  const change = count - moments.mean;
  moments.mean += change / moments.hours;
  moments.squares += change * (count - moments.mean);
}
