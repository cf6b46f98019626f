import { DAY_MS, type EpochMs } from '@portcullis/event';

const WEEK_MS = 7 * DAY_MS;

/** How much normal operation was judged: what false alerts are counted against. */
export interface Exposure {
  readonly weeks: number;
  /** Distinct actors that were active, in hundreds, summed over the weeks. */
  readonly hundredActorWeeks: number;
  readonly byGroup: Readonly<Record<string, number>>;
}

/**
 * Counts the actors active in each judged week. A last week that is cut short weighs by its days.
 *
 * Actors are the product's own, as its alert budget counts them, except what AWS services do on an actor's behalf: those
 * sub-baselines would make the rate look better without being anybody one could ask.
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

  total(groupOf: (actorId: string) => string): Exposure {
    const weeks = (this.#to - this.#from) / WEEK_MS;
    const byGroup: Record<string, number> = {};
    let hundredActorWeeks = 0;
    for (const [week, active] of this.#active) {
      const weight = Math.min(1, weeks - week) / 100;
      for (const actorId of active) {
        const group = groupOf(actorId);
        byGroup[group] = (byGroup[group] ?? 0) + weight;
        hundredActorWeeks += weight;
      }
    }
    return { weeks, hundredActorWeeks, byGroup };
  }
}
