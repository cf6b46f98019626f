import { evolve, foldEntries, mayFollow, type Restriction } from './leases.ts';
import type { Change, LedgerEntry } from './ledger.ts';
import type { ResponsePorts } from './ports.ts';
import { revocationEventOf } from './revocation-event.ts';

/** What a try to write a line came to; `changed`: others wrote meanwhile, or it may not follow. */
export type Recorded = { readonly kind: 'recorded'; readonly restriction: Restriction } | { readonly kind: 'changed' };

/** What writing a line needs: no power to act. */
export type Recording = Pick<ResponsePorts, 'ledger' | 'publish' | 'now' | 'mode' | 'configVersion'>;

export async function readRestriction(ports: Pick<ResponsePorts, 'ledger'>, name: string): Promise<Restriction> {
  return foldEntries(await ports.ledger.read(name));
}

/** Writes the next line of a restriction, if it is still as it was read, and tells of it. */
export async function record(
  ports: Recording,
  name: string,
  restriction: Restriction,
  lease: string,
  change: Change,
): Promise<Recorded> {
  if (!mayFollow(restriction, lease, change)) return { kind: 'changed' };
  const entry: LedgerEntry = { restriction: name, sequence: restriction.sequence + 1, at: ports.now(), lease, change };
  if ((await ports.ledger.append(entry)) === 'taken') return { kind: 'changed' };
  const after = evolve(restriction, entry);
  const event = revocationEventOf(entry, after, restriction, ports);
  if (event !== undefined) await ports.publish(event);
  return { kind: 'recorded', restriction: after };
}
