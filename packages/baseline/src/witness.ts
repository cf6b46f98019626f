import type { ActivityEvent } from '@portcullis/event';

/** What is kept of an event that stands behind a finding: small, since it outlives the event by hours. */
export type Witness = Pick<ActivityEvent, 'id' | 'time' | 'account' | 'region' | 'action' | 'network' | 'grants'>;

/** Earliest events kept of one kind. */
const MAX_WITNESSES = 4;

export function witnessOf({ id, time, account, region, action, network, grants }: ActivityEvent): Witness {
  return { id, time, account, region, action, network, grants };
}

/** Keeps the earliest few, by time then id, whatever the order of arrival. Changes the list in place. */
export function keepEarliest(witnesses: Witness[], witness: Witness): void {
  const latest = witnesses[witnesses.length - 1];
  if (witnesses.length === MAX_WITNESSES && latest !== undefined && !isEarlier(witness, latest)) return;
  let at = witnesses.length;
  for (; at > 0; at--) {
    const before = witnesses[at - 1];
    if (before !== undefined && !isEarlier(witness, before)) break;
  }
  witnesses.splice(at, 0, witness);
  if (witnesses.length > MAX_WITNESSES) witnesses.pop();
}

function isEarlier(a: Witness, b: Witness): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
