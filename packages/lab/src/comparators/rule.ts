import type { ActivityEvent, EpochMs } from '@portcullis/event';
import { dayOf } from '@portcullis/event';

/** An event that a plain rule finds odd, and how odd. */
export interface Mark {
  readonly event: ActivityEvent;
  readonly score: number;
}

/** What a rule has learned. */
export interface RuleMemory {
  /**
   * Judges the events of one hour, in order of time, by what came before, then learns from them.
   *
   * Changes this memory.
   */
  hour(events: readonly ActivityEvent[]): readonly Mark[];
  /** A copy that learns for itself from here on. */
  fork(): RuleMemory;
}

/**
 * A plain rule, measured beside the product on the same data.
 *
 * It raises one alert per actor and day on which some event has at least its threshold.
 */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** What the score counts. */
  readonly unit: string;
  /** Threshold as people would set it. */
  readonly threshold: number;
  /** Others, from generous to strict, for comparisons at equal recall or equal false alerts. */
  readonly sweep: readonly number[];
  start(): RuleMemory;
}

/** All marks of one actor and day; an alert at any threshold up to its score. */
export interface ActorDay {
  readonly actorId: string;
  readonly day: number;
  /** The highest of its marks. */
  readonly score: number;
  readonly marks: readonly { readonly eventId: string; readonly score: number }[];
}

/** Joins marks into actor-days. */
export class ActorDays {
  readonly #days = new Map<
    string,
    { actorId: string; day: number; score: number; marks: { eventId: string; score: number }[] }
  >();
  readonly #alertAfter: EpochMs;

  constructor(alertAfter: EpochMs) {
    this.#alertAfter = alertAfter;
  }

  add(marks: readonly Mark[]): void {
    for (const { event, score } of marks) {
      if (event.time < this.#alertAfter) continue;
      const day = dayOf(event.time);
      const key = `${event.actor.id} ${day}`;
      const known = this.#days.get(key) ?? { actorId: event.actor.id, day, score: 0, marks: [] };
      this.#days.set(key, known);
      known.score = Math.max(known.score, score);
      known.marks.push({ eventId: event.id, score });
    }
  }

  all(): readonly ActorDay[] {
    return [...this.#days.values()];
  }
}

/**
 * Highest threshold at which the alert of this actor-day points at one of these events; 0 if at none.
 *
 * An alert points at what its threshold marks, and one of a stricter threshold at all that the usual one would mark.
 */
export function findsUpTo({ score, marks }: ActorDay, eventIds: ReadonlySet<string>, usualThreshold: number): number {
  const own = Math.max(0, ...marks.filter(({ eventId }) => eventIds.has(eventId)).map((mark) => mark.score));
  return own >= usualThreshold ? score : own;
}
