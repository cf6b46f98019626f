import { type Witness, witnessOf } from './witness.ts';

/** Witnesses in a sample. */
const SIZE = 8;

/** Most samples of an open hour stay small or empty: until it is full, one grows by exact copies, without room to spare. */
const [NO_WITNESSES, NO_RANKS]: readonly [Witness[], number[]] = [[], []];

/**
 * A fair sample of events: those whose ids have the smallest hashes. Each event of an epoch has the same chance, a
 * burst fills most of the sample, and the order of arrival cannot show.
 */
export class Sample {
  #witnesses = NO_WITNESSES;
  #ranks = NO_RANKS;

  /** By rank. */
  get witnesses(): readonly Witness[] {
    return this.#witnesses;
  }

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
    const witnesses = this.#witnesses;
    const ranks = this.#ranks;
    const isFull = ranks.length === SIZE;
    let at = isFull ? SIZE - 1 : ranks.length;
    if (isFull && !this.#isBefore(rank, event.id, at)) return;
    while (at > 0 && this.#isBefore(rank, event.id, at - 1)) at -= 1;
    if (!isFull) {
      this.#witnesses = witnesses.toSpliced(at, 0, witnessOf(event));
      this.#ranks = ranks.toSpliced(at, 0, rank);
      return;
    }
    for (let to = SIZE - 1; to > at; to--) {
      witnesses[to] = witnesses[to - 1] ?? event;
      ranks[to] = ranks[to - 1] ?? 0;
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
    return rank < other || (rank === other && id < (this.#witnesses[at]?.id ?? ''));
  }
}
