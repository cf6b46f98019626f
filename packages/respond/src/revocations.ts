import { type EpochMs, isoTime } from '@portcullis/event';
import { isOver, type Lease, type Restriction } from './leases.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { readRestriction } from './record.ts';

/** A revocation as people see it. */
export interface Revocation {
  readonly restriction: string;
  readonly lease: Lease;
  readonly standing: Restriction['standing'];
  readonly verified: boolean;
}

/** Revocations that are not over; of one alert, all. Those that wait for people first, then the latest. */
export async function listRevocations(
  ledger: Ledger,
  { alert }: { readonly alert?: string | undefined } = {},
): Promise<readonly Revocation[]> {
  const names = alert === undefined ? await ledger.open() : await ledger.ofAlert(alert);
  const all: Revocation[] = [];
  for (const name of names) {
    const { leases, standing, verified } = await readRestriction({ ledger }, name);
    for (const lease of leases.values()) {
      if (alert === undefined ? isOver(lease) : lease.plan.alert.id !== alert) continue;
      all.push({ restriction: name, lease, standing, verified });
    }
  }
  return all.sort((a, b) => rank(a.lease) - rank(b.lease) || b.lease.lapsesAt - a.lease.lapsesAt);
}

/** What an id or its beginning means; none, or several, is for the caller to say. */
export async function findRevocations(
  ledger: Ledger,
  id: string,
  options: { readonly alert?: string | undefined } = {},
): Promise<readonly Revocation[]> {
  return (await listRevocations(ledger, options)).filter(({ lease }) => lease.id.startsWith(id));
}

/** All that happened to one revocation, line by line. */
export async function historyOf(ledger: Ledger, { restriction, lease }: Revocation): Promise<readonly LedgerEntry[]> {
  return (await ledger.read(restriction)).filter((entry) => entry.lease === lease.id);
}

/** One revocation as JSON, the same for all who show it. */
export function revocationRecord({ restriction, lease, standing, verified }: Revocation) {
  const { cut, plan } = lease;
  const ends = endsAt(lease);
  return {
    id: lease.id,
    state: lease.state,
    standing,
    verified,
    action: cut.action,
    target: cut.target,
    account: cut.account,
    ...(cut.region === undefined ? {} : { region: cut.region }),
    actions: cut.actions,
    reason: cut.reason,
    reversible: cut.reversible,
    severity: plan.severity,
    actor: plan.actor,
    alert: plan.alert.id,
    rule: plan.rule,
    approvedBy: lease.approvedBy,
    approvalsNeeded: lease.approvalsNeeded,
    onHold: lease.onHold,
    ...(ends === undefined ? {} : { [lease.holds ? 'expiresAt' : 'lapsesAt']: isoTime(ends) }),
    restriction,
  };
}

/** Until when a proposal waits, or a cut lasts. */
export function endsAt({ holds, onHold, expiresAt, lapsesAt }: Lease): EpochMs | undefined {
  if (!holds) return lapsesAt;
  return onHold ? undefined : expiresAt;
}

function rank({ state }: Lease): number {
  return state === 'proposed' || state === 'held' || state === 'conflict' ? 0 : 1;
}
