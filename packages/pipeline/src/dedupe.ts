import { type EpochIndex, epochOf } from '@portcullis/event';
import { EventHashes, hashEvent } from './event-hashes.ts';

/** Slots of a fresh bucket. */
const FIRST_SLOTS = 1024;

/**
 * Remembers which events were seen, by 64-bit hash of (account, event id), in buckets of event time.
 *
 * A bucket is forgotten as a whole once its epoch lies beyond the horizon, so memory follows the rate
 * of events within the horizon, not their number.
 */
export class SeenEvents {
  readonly #buckets = new Map<EpochIndex, EventHashes>();
  readonly #hash = new Int32Array(2);
  #lastEpoch: EpochIndex = -1;
  #lastBucket: EventHashes | undefined;

  /** 32 bits of the hash of the event that was added last. */
  get lastHash(): number {
    return this.#hash[0] ?? 0;
  }

  /** @returns false if the event was there before */
  add(account: string, id: string, time: number): boolean {
    const epoch = epochOf(time);
    let bucket = this.#lastBucket;
    if (bucket === undefined || epoch !== this.#lastEpoch) {
      bucket = this.#buckets.get(epoch);
      if (bucket === undefined) {
        bucket = new EventHashes(FIRST_SLOTS);
        this.#buckets.set(epoch, bucket);
      }
      this.#lastBucket = bucket;
      this.#lastEpoch = epoch;
    }
    hashEvent(this.#hash, account, id);
    return bucket.add(this.#hash[0] ?? 0, this.#hash[1] ?? 0);
  }

  /** Drops the epochs before this one. */
  forgetBefore(epoch: EpochIndex): void {
    for (const known of this.#buckets.keys()) if (known < epoch) this.#buckets.delete(known);
    this.#lastBucket = undefined;
  }
}
