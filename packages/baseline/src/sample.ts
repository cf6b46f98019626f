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
    let at = this.#ranks.length;
    if (at === SIZE && !this.#isBefore(rank, event.id, at - 1)) return;
    while (at > 0 && this.#isBefore(rank, event.id, at - 1)) at--;
    this.witnesses.splice(at, 0, witnessOf(event));
    this.#ranks.splice(at, 0, rank);
    if (this.#ranks.length > SIZE) {
      this.witnesses.pop();
      this.#ranks.pop();
    }
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
