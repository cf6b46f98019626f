import type { ActivityEvent } from '@portcullis/event';

/** What is kept of an event that stands behind a finding: small, since it outlives the event by hours. */
export type Witness = Pick<ActivityEvent, 'id' | 'time' | 'account' | 'region' | 'action' | 'network' | 'grants'>;

/** Earliest events kept of one kind. */
const MAX_EARLIEST = 4;

let latestEvent: Witness | undefined;
let latest: Witness | undefined;

/** One event stands behind many values, so its witness is made once and shared: never write to it. */
export function witnessOf(event: Witness): Witness {
  if (event === latestEvent && latest !== undefined) return latest;
  const { id, time, account, region, action, network, grants } = event;
  latestEvent = event;
  latest = { id, time, account, region, action, network, grants };
  return latest;
}

/** A list of witnesses that begins with this event. */
export function firstWitness(event: Witness): Witness[] {
  return [witnessOf(event)];
}

/**
 * Keeps the earliest few, by time then id, whatever the order of arrival. Changes the list in place.
 *
 * @param event - copied when it is kept, so that the rest of an event can go
 */
export function keepEarliest(witnesses: Witness[], event: Witness): void {
  const last = witnesses[MAX_EARLIEST - 1];
  if (last !== undefined && !isEarlier(event, last)) return;
  let at = Math.min(witnesses.length, MAX_EARLIEST - 1);
  for (; at > 0; at--) {
    const before = witnesses[at - 1];
    if (before === undefined || !isEarlier(event, before)) break;
    witnesses[at] = before;
  }
  witnesses[at] = witnessOf(event);
}

function isEarlier(a: Witness, b: Witness): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
