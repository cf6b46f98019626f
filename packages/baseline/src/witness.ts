import type { ActivityEvent } from '@portcullis/event';

/** What is kept of an event that stands behind a finding: small, since it outlives the event by hours. */
export type Witness = Pick<ActivityEvent, 'id' | 'time' | 'account' | 'region' | 'action' | 'network' | 'grants'>;

/** A witness with the place in a sample that chance gave it. */
export interface SampledWitness extends Witness {
  /** A hash of its id. */
  readonly rank: number;
}

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
  const last = witnesses[witnesses.length - 1];
  if (witnesses.length === MAX_EARLIEST && last !== undefined && !isEarlier(event, last)) return;
  let at = witnesses.length;
  for (; at > 0; at--) {
    const before = witnesses[at - 1];
    if (before !== undefined && !isEarlier(event, before)) break;
  }
  witnesses.splice(at, 0, witnessOf(event));
  if (witnesses.length > MAX_EARLIEST) witnesses.pop();
}

/**
 * Keeps a fair sample: the events whose ids have the smallest hashes. Each event of the epoch has the same chance,
 * a burst fills most of the sample, and the order of arrival cannot show. Changes the list in place.
 *
 * @param rank - hash of the event's id, the same wherever it is seen
 */
export function keepSample(sample: SampledWitness[], event: Witness, rank: number, size: number): void {
  const last = sample[sample.length - 1];
  if (sample.length === size && last !== undefined && !ranksBefore(rank, event.id, last)) return;
  let at = sample.length;
  for (; at > 0; at--) {
    const before = sample[at - 1];
    if (before !== undefined && !ranksBefore(rank, event.id, before)) break;
  }
  sample.splice(at, 0, { ...witnessOf(event), rank });
  if (sample.length > size) sample.pop();
}

function ranksBefore(rank: number, id: string, other: SampledWitness): boolean {
  return rank < other.rank || (rank === other.rank && id < other.id);
}

function isEarlier(a: Witness, b: Witness): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
