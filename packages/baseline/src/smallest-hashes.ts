/**
 * A bounded map that keeps the entries with the smallest hashes.
 *
 * Whatever the order of arrival, the same entries are left: one that is kept at the end was never let go of, so what it counts
 * is exact.
 */
export class SmallestHashes<T> {
  readonly #most: number;
  readonly #held = new Map<number, T>();
  #limit = Number.POSITIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
  }

  /** The entry of a hash, made where there is room for it; `undefined` where smaller ones fill the map. */
  at(hash: number, make: () => T): T | undefined {
    const known = this.#held.get(hash);
    if (known !== undefined || hash > this.#limit) return known;
    const made = make();
    this.#held.set(hash, made);
    if (this.#held.size > 2 * this.#most) this.#prune();
    return made;
  }

  get(hash: number): T | undefined {
    return this.#held.get(hash);
  }

  /** Entries in the order of their hashes; never more than may be kept. */
  entries(): readonly (readonly [hash: number, entry: T])[] {
    if (this.#held.size > this.#most) this.#prune();
    return [...this.#held].sort(([a], [b]) => a - b);
  }

  /** How many there are, up to the most that are kept. */
  get size(): number {
    return Math.min(this.#held.size, this.#most);
  }

  #prune(): void {
    const hashes = [...this.#held.keys()].sort((a, b) => a - b);
    for (const hash of hashes.slice(this.#most)) this.#held.delete(hash);
    this.#limit = hashes[this.#most - 1] ?? Number.POSITIVE_INFINITY;
  }
}
