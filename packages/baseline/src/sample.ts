import { type Witness, witnessOf } from './witness.ts';

/** Witnesses in a sample. */
const SIZE = 8;

/**
 * A fair sample of events: those whose ids have the smallest hashes. Each event of an epoch has the same chance, a
 * burst fills most of the sample, and the order of arrival cannot show.
 */
export class Sample {
  /** By rank. */
  readonly witnesses: Witness[] = [];
  readonly #ranks: number[] = [];

  /** Of each witness, by which it was chosen. */
  get ranks(): readonly number[] {
    return this.#ranks;
  }

  /**
   * Hot path: offers one event.
   *
   * @param rank - hash of the event's id, the same wherever it is seen
   */
  offer(event: Witness, rank: number): void {
    const { witnesses } = this;
    const ranks = this.#ranks;
    let at = Math.min(ranks.length, SIZE - 1);
    if (ranks.length === SIZE && !this.#isBefore(rank, event.id, at)) return;
    for (; at > 0 && this.#isBefore(rank, event.id, at - 1); at--) {
      witnesses[at] = witnesses[at - 1] ?? event;
      ranks[at] = ranks[at - 1] ?? 0;
    }
    witnesses[at] = witnessOf(event);
    ranks[at] = rank;
  }

  /** Offers all of another sample. */
  merge(other: Sample): void {
    other.witnesses.forEach((witness, at) => {
      this.offer(witness, other.#ranks[at] ?? 0);
    });
  }

  filter(keeps: (witness: Witness) => boolean): Sample {
    const kept = new Sample();
    this.witnesses.forEach((witness, at) => {
      if (keeps(witness)) kept.offer(witness, this.#ranks[at] ?? 0);
    });
    return kept;
  }

  #isBefore(rank: number, id: string, at: number): boolean {
    const other = this.#ranks[at] ?? 0;
    return rank < other || (rank === other && id < (this.witnesses[at]?.id ?? ''));
  }
}
