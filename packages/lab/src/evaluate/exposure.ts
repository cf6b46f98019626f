import { DAY_MS, type EpochMs } from '@portcullis/event';

const WEEK_MS = 7 * DAY_MS;

/** How much normal operation was judged: what false alerts are counted against. */
export interface Exposure {
  readonly weeks: number;
  /**
   * Distinct actors that were active, in hundreds, summed over the weeks. Actors as people count them: a person with a
   * role in each of three accounts is one.
   */
  readonly hundredActorWeeks: number;
  readonly byGroup: Readonly<Record<string, number>>;
  /** The same by the product's own count, which keeps a baseline per account and role; its alert budget refers to this one. */
  readonly hundredBaselineWeeks: number;
}

/**
 * Counts who was active in each judged week. A last week that is cut short weighs by its days.
 *
 * What AWS services do on an actor's behalf is nobody else: those sub-baselines would make the rate look better.
 */
export class ExposureCount {
  readonly #from: EpochMs;
  readonly #to: EpochMs;
  readonly #active = new Map<number, Set<string>>();

  constructor(from: EpochMs, to: EpochMs) {
    this.#from = from;
    this.#to = to;
  }

  add(
    events: readonly {
      readonly time: EpochMs;
      readonly actor: { readonly id: string; readonly via?: string | undefined };
    }[],
  ): void {
    for (const { time, actor } of events) {
      if (time < this.#from || time >= this.#to || actor.via !== undefined) continue;
      const week = Math.floor((time - this.#from) / WEEK_MS);
      const active = this.#active.get(week) ?? new Set<string>();
      this.#active.set(week, active);
      active.add(actor.id);
    }
  }

  /** @param memberOf - who is behind an actor; an actor of nobody counts as itself */
  total(groupOf: (actorId: string) => string, memberOf: (actorId: string) => string | undefined): Exposure {
    const weeks = (this.#to - this.#from) / WEEK_MS;
    const byGroup: Record<string, number> = {};
    let [hundredActorWeeks, hundredBaselineWeeks] = [0, 0];
    for (const [week, active] of this.#active) {
      const weight = Math.min(1, weeks - week) / 100;
      const groups = new Map([...active].map((actorId) => [memberOf(actorId) ?? actorId, groupOf(actorId)]));
      for (const group of groups.values()) byGroup[group] = (byGroup[group] ?? 0) + weight;
      hundredActorWeeks += weight * groups.size;
      hundredBaselineWeeks += weight * active.size;
    }
    return { weeks, hundredActorWeeks, byGroup, hundredBaselineWeeks };
  }
}
