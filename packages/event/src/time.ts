/** Milliseconds since 1970-01-01T00:00:00Z. Always event time; the product's core has no clock. */
export type EpochMs = number;

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Index of an event-time epoch: whole hours since 1970-01-01T00:00:00Z. */
export type EpochIndex = number;

export const EPOCH_MS = 60 * MINUTE_MS;

export function epochOf(time: EpochMs): EpochIndex {
  return Math.floor(time / EPOCH_MS);
}

/** First instant of an epoch. */
export function epochStart(epoch: EpochIndex): EpochMs {
  return epoch * EPOCH_MS;
}

/** Whole days since 1970-01-01 (UTC). */
export function dayOf(time: EpochMs): number {
  return Math.floor(time / DAY_MS);
}

/** ISO 8601 in UTC without milliseconds when they are zero: `2026-11-23T10:15:00Z`. */
export function isoTime(time: EpochMs): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
