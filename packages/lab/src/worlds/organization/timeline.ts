import type { EpochMs } from '@portcullis/event';

/** Something that holds from a moment on. */
export interface Dated<T> {
  readonly from: EpochMs;
  readonly value: T;
}

/** What holds at a moment: the entry that began last, or the first before any has begun. */
export function valueAt<T>(timeline: readonly Dated<T>[], at: EpochMs): T {
  let current: Dated<T> | undefined;
  for (const entry of timeline) {
    if (entry.from <= at && (current === undefined || entry.from >= current.from)) current = entry;
  }
  const holds = current ?? timeline[0];
  if (holds === undefined) throw new RangeError('an empty timeline');
  return holds.value;
}
