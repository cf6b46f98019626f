import type { ActivityEvent } from '@portcullis/event';

/** What is kept of an event that stands behind a finding: small, since it outlives the event by hours. */
export type Witness = Pick<ActivityEvent, 'id' | 'time' | 'account' | 'region' | 'action' | 'network' | 'grants'>;

/** Earliest events kept of one kind. */
const MAX_EARLIEST = 4;

function witnessOf({ id, time, account, region, action, network, grants }: Witness): Witness {
  return { id, time, account, region, action, network, grants };
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
  keep(witnesses, event, MAX_EARLIEST, isEarlier);
}

/**
 * Keeps a fair sample: the events with the smallest ids. AWS draws ids at random, so each event of the
 * epoch has the same chance, a burst fills most of the sample, and the order of arrival cannot show.
 */
export function keepSample(witnesses: Witness[], event: Witness, size: number): void {
  keep(witnesses, event, size, hasSmallerId);
}

function keep(witnesses: Witness[], event: Witness, size: number, before: (a: Witness, b: Witness) => boolean): void {
  const last = witnesses[witnesses.length - 1];
  if (witnesses.length === size && last !== undefined && !before(event, last)) return;
  let at = witnesses.length;
  for (; at > 0; at--) {
    const neighbor = witnesses[at - 1];
    if (neighbor !== undefined && !before(event, neighbor)) break;
  }
  witnesses.splice(at, 0, witnessOf(event));
  if (witnesses.length > size) witnesses.pop();
}

function isEarlier(a: Witness, b: Witness): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}

function hasSmallerId(a: Witness, b: Witness): boolean {
  return a.id < b.id;
}
