/** Novelty memory of one value: kept apart from rates, so that a yearly job stays known. */
export interface ValueMemory {
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly count: number;
}

/** Numbers of one slot: hash, first day, last day, count; a count of 0 marks an empty slot. */
const STRIDE = 4;
const [FIRST, LAST, COUNT] = [1, 2, 3] as const;
const FIRST_SLOTS = 4;
const MAX_FILL = 0.75;
const MAX_COUNT = 2 ** 31 - 1;
const NOTHING = new Int32Array(0);

/**
 * The values of one feature by `valueHash`, as a hash table over one typed array: 16 bytes a slot and nothing for
 * the collector to walk, where a map of objects takes six times that. Ten thousand actors remember a million values.
 */
export class ValueTable {
  #slots = NOTHING;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(hash: number): boolean {
    return this.#find(hash) !== -1;
  }

  get(hash: number): ValueMemory | undefined {
    const at = this.#find(hash);
    return at === -1 ? undefined : this.#read(at);
  }

  /** 0 for a value that is not known. */
  countOf(hash: number): number {
    const at = this.#find(hash);
    return at === -1 ? 0 : (this.#slots[at + COUNT] ?? 0);
  }

  /**
   * Counts uses of a value on a day.
   *
   * @returns whether it is new
   */
  see(hash: number, day: number, count: number): boolean {
    const at = this.#find(hash);
    if (at === -1) {
      this.set(hash, { firstDay: day, lastDay: day, count });
      return true;
    }
    this.#slots[at + LAST] = day;
    this.#slots[at + COUNT] = Math.min(MAX_COUNT, (this.#slots[at + COUNT] ?? 0) + count);
    return false;
  }

  set(hash: number, { firstDay, lastDay, count }: ValueMemory): void {
    let at = this.#find(hash);
    if (at === -1) {
      if (this.#size + 1 > (this.#slots.length / STRIDE) * MAX_FILL) this.#grow();
      at = this.#emptySlot(hash);
      this.#size += 1;
    }
    this.#slots[at] = hash;
    this.#slots[at + FIRST] = firstDay;
    this.#slots[at + LAST] = lastDay;
    this.#slots[at + COUNT] = Math.max(1, Math.min(MAX_COUNT, count));
  }

  delete(hash: number): void {
    if (this.#find(hash) === -1) return;
    const rest = [...this].filter(([known]) => known !== hash);
    this.#slots.fill(0);
    this.#size = 0;
    for (const [known, memory] of rest) this.set(known, memory);
  }

  /** Values last seen on this day or later. */
  seenSince(day: number): number {
    let seen = 0;
    for (let at = 0; at < this.#slots.length; at += STRIDE) {
      if ((this.#slots[at + COUNT] ?? 0) > 0 && (this.#slots[at + LAST] ?? 0) >= day) seen += 1;
    }
    return seen;
  }

  /** In an order that means nothing. */
  *[Symbol.iterator](): Generator<readonly [hash: number, memory: ValueMemory]> {
    for (let at = 0; at < this.#slots.length; at += STRIDE) {
      if ((this.#slots[at + COUNT] ?? 0) > 0) yield [this.#slots[at] ?? 0, this.#read(at)];
    }
  }

  #read(at: number): ValueMemory {
    return {
      firstDay: this.#slots[at + FIRST] ?? 0,
      lastDay: this.#slots[at + LAST] ?? 0,
      count: this.#slots[at + COUNT] ?? 0,
    };
  }

  #find(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    if (mask < 0) return -1;
    for (let at = (hash * STRIDE) & mask; ; at = (at + STRIDE) & mask) {
      if (slots[at + COUNT] === 0) return -1;
      if (slots[at] === hash) return at;
    }
  }

  #emptySlot(hash: number): number {
    const mask = this.#slots.length - 1;
    let at = (hash * STRIDE) & mask;
    while (this.#slots[at + COUNT] !== 0) at = (at + STRIDE) & mask;
    return at;
  }

  #grow(): void {
    const known = [...this];
    this.#slots = new Int32Array(Math.max(FIRST_SLOTS * STRIDE, this.#slots.length * 2));
    this.#size = 0;
    for (const [hash, memory] of known) this.set(hash, memory);
  }
}
