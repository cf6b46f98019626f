import { type EpochIndex, epochOf } from '@portcullis/event';

/** Slots of a fresh bucket; two 32-bit halves each. */
const FIRST_SLOTS = 1024;
const MAX_FILL = 0.6;

/**
 * Remembers which events were seen, by 64-bit hash of (account, event id), in buckets of event time.
 *
 * A bucket is forgotten as a whole once its epoch lies beyond the horizon, so memory follows the rate
 * of events within the horizon, not their number: 16 to 27 bytes each. Two events of one epoch share a
 * hash about once in 10^13 pairs; the price would be one event taken for a duplicate.
 */
export class SeenEvents {
  readonly #buckets = new Map<EpochIndex, Bucket>();
  #lastEpoch: EpochIndex = -1;
  #lastBucket: Bucket | undefined;
  /** 32 bits of the hash of the event that was added last. */
  lastHash = 0;

  /** @returns false if the event was there before */
  add(account: string, id: string, time: number): boolean {
    const epoch = epochOf(time);
    let bucket = this.#lastBucket;
    if (bucket === undefined || epoch !== this.#lastEpoch) {
      bucket = this.#buckets.get(epoch);
      if (bucket === undefined) {
        bucket = new Bucket();
        this.#buckets.set(epoch, bucket);
      }
      this.#lastBucket = bucket;
      this.#lastEpoch = epoch;
    }
    const added = bucket.add(account, id);
    this.lastHash = bucket.lastHash;
    return added;
  }

  /** Drops the epochs before this one. */
  forgetBefore(epoch: EpochIndex): void {
    for (const known of this.#buckets.keys()) if (known < epoch) this.#buckets.delete(known);
    this.#lastBucket = undefined;
  }
}

/** Open-addressing hash set over one typed array; (0, 0) marks an empty slot. */
class Bucket {
  #slots = new Int32Array(2 * FIRST_SLOTS);
  #size = 0;
  lastHash = 0;

  add(account: string, id: string): boolean {
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
    if (low === 0 && high === 0) low = 1;
    this.lastHash = low;
    const added = insert(this.#slots, low, high);
    if (added && ++this.#size > MAX_FILL * (this.#slots.length / 2)) this.#grow();
    return added;
  }

  #grow(): void {
    const larger = new Int32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += 2) {
      const low = this.#slots[at] ?? 0;
      const high = this.#slots[at + 1] ?? 0;
      if (low !== 0 || high !== 0) insert(larger, low, high);
    }
    this.#slots = larger;
  }
}

function insert(slots: Int32Array, low: number, high: number): boolean {
  const mask = slots.length / 2 - 1;
  let slot = (low ^ high) & mask;
  for (;;) {
    const knownLow = slots[2 * slot];
    const knownHigh = slots[2 * slot + 1];
    if (knownLow === low && knownHigh === high) return false;
    if (knownLow === 0 && knownHigh === 0) {
      slots[2 * slot] = low;
      slots[2 * slot + 1] = high;
      return true;
    }
    slot = (slot + 1) & mask;
  }
}
