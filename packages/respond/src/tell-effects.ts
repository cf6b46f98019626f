import type { ActivityEvent, EpochMs } from '@portcullis/event';
import { markEffective } from './manage-leases.ts';
import type { EvidenceStore, ResponsePorts } from './ports.ts';
import { readRestriction } from './record.ts';
import { cutEffect } from './rehearsal/cut-effect.ts';

/**
 * Tells of each verified cut once, when the logs show a call that it denied.
 *
 * @returns how many were told
 */
export async function tellEffects(stores: Pick<EvidenceStore, 'since'>, ports: ResponsePorts): Promise<number> {
  let told = 0;
  const seen = new Map<string, { readonly from: EpochMs; readonly events: readonly ActivityEvent[] }>();
  const eventsSince = async (account: string, from: EpochMs) => {
    const known = seen.get(account);
    if (known !== undefined && known.from <= from) return known.events.filter(({ time }) => time >= from);
    const events = await stores.since(account, from);
    seen.set(account, { from, events });
    return events;
  };
  for (const name of await ports.ledger.open()) {
    const { leases, verifiedAt, intendedAt } = await readRestriction(ports, name);
    for (const { id, state, cut } of leases.values()) {
      if (state !== 'verified' || verifiedAt === undefined || intendedAt === undefined) continue;
      const effect = cutEffect(cut, intendedAt);
      const events = await eventsSince(cut.account, verifiedAt);
      const denied = events.find((event) => event.outcome === 'denied' && effect(event, undefined) === 'denied');
      if (denied === undefined) continue;
      if ((await markEffective(name, id, denied.id, ports)).kind === 'effective') told += 1;
    }
  }
  return told;
}
