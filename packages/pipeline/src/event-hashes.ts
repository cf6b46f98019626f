const MAX_FILL = 0.6;

/** 64 bits of (account, event id) in two signed halves that are never both 0. */
export type EventHash = Int32Array;

/**
 * Hot path: hashes an event into `hash`, to be used again for the next.
 *
 * Two events of one hour share a hash about once in 10^13 pairs; the price would be one event taken for a duplicate.
 */
export function hashEvent(hash: EventHash, account: string, id: string): void {
  let low = 0x811c9dc5;
  let high = 0x2545f491;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  // An end mark, or "1" + "23" would equal "12" + "3"
  low = Math.imul(low ^ 0xffff, 0x01000193);
  high = Math.imul(high ^ 0xffff, 0x5bd1e995);
  for (let i = 0; i < account.length; i++) {
    const code = account.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  low = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d) ^ high;
  high = Math.imul(high ^ (high >>> 13), 0x297a2d39) ^ (low >>> 16);
  hash[0] = low === 0 && high === 0 ? 1 : low;
  hash[1] = high;
}

/** Hashes of events in one typed array, by open addressing; (0, 0) marks an empty slot. 16 to 27 bytes each. */
export class EventHashes {
  #slots: Int32Array;
  #size = 0;

  /** @param firstSlots - a power of two */
  constructor(firstSlots = 16) {
    this.#slots = new Int32Array(2 * firstSlots);
  }

  get size(): number {
    return this.#size;
  }

  has(low: number, high: number): boolean {
    const at = slotOf(this.#slots, low, high);
    return this.#slots[at] === low && this.#slots[at + 1] === high;
  }

  /** @returns false if it was there before */
  add(low: number, high: number): boolean {
    const at = slotOf(this.#slots, low, high);
    if (this.#slots[at] === low && this.#slots[at + 1] === high) return false;
    this.#slots[at] = low;
    this.#slots[at + 1] = high;
    if (++this.#size > MAX_FILL * (this.#slots.length / 2)) this.#grow();
    return true;
  }

  forEach(told: (low: number, high: number) => void): void {
    for (let at = 0; at < this.#slots.length; at += 2) {
      const low = this.#slots[at] ?? 0;
      const high = this.#slots[at + 1] ?? 0;
      if (low !== 0 || high !== 0) told(low, high);
    }
  }

  #grow(): void {
    const larger = new Int32Array(this.#slots.length * 2);
    this.forEach((low, high) => {
      const at = slotOf(larger, low, high);
      larger[at] = low;
      larger[at + 1] = high;
    });
    this.#slots = larger;
  }
}

/** Where a hash is, or the empty place it would go to. */
function slotOf(slots: Int32Array, low: number, high: number): number {
  const mask = slots.length / 2 - 1;
  let slot = (low ^ high) & mask;
  for (;;) {
    const knownLow = slots[2 * slot];
    const knownHigh = slots[2 * slot + 1];
    if ((knownLow === low && knownHigh === high) || (knownLow === 0 && knownHigh === 0)) return 2 * slot;
    slot = (slot + 1) & mask;
  }
}

/** The hash as text. */
export function eventHashOf(account: string, id: string): string {
  const hash = new Int32Array(2);
  hashEvent(hash, account, id);
  return `${hash[0]} ${hash[1]}`;
}
