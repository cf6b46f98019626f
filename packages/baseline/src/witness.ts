import type { ActivityEvent } from '@portcullis/event';

/** What is kept of an event that stands behind a finding: small, since it outlives the event by hours. */
export type Witness = Pick<
  ActivityEvent,
  'id' | 'time' | 'account' | 'region' | 'action' | 'network' | 'grants' | 'recordsAllManagement'
>;

/** Earliest events kept of one kind. */
const MAX_EARLIEST = 4;

let latestEvent: Witness | undefined;
let latest: Witness | undefined;

/** One event stands behind many values, so its witness is made once and shared: never write to it. */
export function witnessOf(event: Witness): Witness {
  if (event === latestEvent && latest !== undefined) return latest;
  const { id, time, account, region, action, network, grants, recordsAllManagement } = event;
  latestEvent = event;
  latest = { id, time, account, region, action, network, grants, recordsAllManagement };
  return latest;
}

/**
 * The earliest few of these and one more, by time then id, whatever the order of arrival.
 *
 * A list of its own each time it changes: one that grows in place keeps room for sixteen more, in each of the many
 * thousand values of an open hour.
 *
 * @param event - copied when it is kept, so that the rest of an event can go
 */
export function earliestWith(witnesses: readonly Witness[], event: Witness): readonly Witness[] {
  const last = witnesses[witnesses.length - 1];
  if (last !== undefined && !isEarlier(event, last)) {
    return witnesses.length === MAX_EARLIEST ? witnesses : appended(witnesses, last, witnessOf(event));
  }
  let at = Math.min(witnesses.length, MAX_EARLIEST - 1);
  for (; at > 0; at--) {
    const before = witnesses[at - 1];
    if (before === undefined || !isEarlier(event, before)) break;
  }
  // Not by spreading, which grows a list like `push` does
  const more = witnesses.toSpliced(at, 0, witnessOf(event));
  return more.length > MAX_EARLIEST ? more.slice(0, MAX_EARLIEST) : more;
}

/** Most events come in order. A written-out list takes a fourteenth of the time of `concat`. */
function appended(witnesses: readonly Witness[], last: Witness, next: Witness): readonly Witness[] {
  const first = witnesses[0] ?? last;
  if (witnesses.length === 1) return [last, next];
  return witnesses.length === 2 ? [first, last, next] : [first, witnesses[1] ?? last, last, next];
}

function isEarlier(a: Witness, b: Witness): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
