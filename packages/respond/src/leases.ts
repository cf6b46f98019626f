import type { RevocationState } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { PlannedCut } from './cut.ts';
import type { CutState } from './cut-state.ts';
import type { Change, LeaseEnd, LedgerEntry, PlanHead } from './ledger.ts';

/**
 * Where the account stands: nothing of ours there; on the way in; as we wrote it; on the way out; changed by somebody else.
 */
export type Standing = 'off' | 'applying' | 'on' | 'removing' | 'conflict';

/** One alert's hold on a restriction. */
export interface Lease {
  readonly id: string;
  readonly cut: PlannedCut;
  readonly plan: PlanHead;
  readonly state: RevocationState;
  /** Counts what was told of it. */
  readonly revision: number;
  /** Persons or the rule that approved; each once. */
  readonly approvedBy: readonly string[];
  readonly approvalsNeeded: number;
  readonly lapsesAt: EpochMs;
  /** It counts as a reason for the restriction to stay. */
  readonly holds: boolean;
  readonly expiresAt?: EpochMs | undefined;
  readonly appliedAt?: EpochMs | undefined;
  /** A person wants it to stay until told otherwise. */
  readonly onHold: boolean;
  /** Being taken back as this. */
  readonly ending?: LeaseEnd | undefined;
}

/** All that is known of one restriction, folded from its entries. */
export interface Restriction {
  readonly sequence: number;
  readonly standing: Standing;
  /** Read back as written at least once. */
  readonly verified: boolean;
  readonly before?: CutState | undefined;
  readonly after?: CutState | undefined;
  /** When it was intended; what a policy names. */
  readonly intendedAt?: EpochMs | undefined;
  readonly verifiedAt?: EpochMs | undefined;
  readonly raised: boolean;
  readonly leases: ReadonlyMap<string, Lease>;
}

const NO_RESTRICTION: Restriction = {
  sequence: 0,
  standing: 'off',
  verified: false,
  raised: false,
  leases: new Map(),
};

/** States in which a lease is over, or never began. */
const OVER: ReadonlySet<RevocationState> = new Set(['rejected', 'expired', 'reverted']);

/** States in which nothing was begun for a lease. */
const WAITS: ReadonlySet<RevocationState> = new Set(['proposed', 'held']);

export function isOver({ state }: Lease): boolean {
  return OVER.has(state);
}

export function foldEntries(entries: readonly LedgerEntry[]): Restriction {
  return entries.reduce(evolve, NO_RESTRICTION);
}

/** The restriction after one more entry. Pure; what an entry means never depends on anything but the entries before it. */
export function evolve(restriction: Restriction, entry: LedgerEntry): Restriction {
  const leases = new Map(restriction.leases);
  const lease = leaseAfter(leases.get(entry.lease), entry);
  if (lease !== undefined) leases.set(entry.lease, lease);
  return { ...restriction, ...standingAfter(restriction, entry), leases, sequence: entry.sequence };
}

/** Leases that keep a restriction in force, other than one. */
export function otherHolders({ leases }: Restriction, id: string): readonly Lease[] {
  return [...leases.values()].filter((lease) => lease.id !== id && lease.holds);
}

/** Whether a change may come next; a line that may not is a mistake of ours, and never written. */
export function mayFollow(restriction: Restriction, id: string, change: Change): boolean {
  const lease = restriction.leases.get(id);
  const { standing } = restriction;
  if (change.kind === 'proposed') return lease === undefined || (isOver(lease) && standing === 'off');
  if (lease === undefined || isOver(lease)) return false;
  switch (change.kind) {
    case 'approved':
      return !lease.holds && (lease.state === 'proposed' || lease.state === 'held');
    case 'rejected':
      return !lease.holds && (WAITS.has(lease.state) || standing === 'off');
    case 'held':
      return standing !== 'removing';
    case 'intended':
      return isApproved(lease) && standing === 'off';
    case 'applied':
      return isApproved(lease) && !lease.holds && (standing === 'applying' || standing === 'on');
    case 'verified':
    case 'effective':
      return lease.holds && standing === 'on';
    case 'raised':
      return standing === 'on' && !restriction.raised;
    case 'extended':
      return lease.holds;
    case 'released':
      return lease.holds && otherHolders(restriction, id).length > 0;
    case 'reverting':
      return standing !== 'off' && otherHolders(restriction, id).length === 0;
    case 'reverted':
      return standing === 'removing' && lease.ending !== undefined;
    case 'conflict':
      return standing !== 'off';
    case 'failed':
      return true;
  }
}

export function isApproved({ approvedBy, approvalsNeeded }: Lease): boolean {
  return approvedBy.length >= approvalsNeeded;
}

function leaseAfter(lease: Lease | undefined, { change, lease: id, at }: LedgerEntry): Lease | undefined {
  if (change.kind === 'proposed') {
    const { cut, plan, lapsesAt, approvals } = change;
    const revision = (lease?.revision ?? 0) + 1;
    return {
      id,
      cut,
      plan,
      state: 'proposed',
      revision,
      approvedBy: [],
      approvalsNeeded: approvals,
      lapsesAt,
      holds: false,
      onHold: false,
    };
  }
  if (lease === undefined) return undefined;
  const told = (state: RevocationState, more: Partial<Lease> = {}): Lease => ({
    ...lease,
    ...more,
    state,
    revision: lease.revision + 1,
  });
  switch (change.kind) {
    case 'approved': {
      const approvedBy = [...new Set([...lease.approvedBy, change.by])];
      return approvedBy.length >= lease.approvalsNeeded ? told('approved', { approvedBy }) : { ...lease, approvedBy };
    }
    case 'rejected':
      return told('rejected');
    case 'held':
      return told('held', { onHold: lease.holds });
    case 'applied':
      return told('applied', { holds: true, appliedAt: at, expiresAt: change.expiresAt });
    case 'verified':
      return told('verified');
    case 'effective':
      return told('effective');
    case 'failed':
      return told('failed');
    case 'extended':
      return { ...lease, expiresAt: change.until, onHold: false };
    case 'released':
      return told(change.as, { holds: false });
    case 'reverting':
      return { ...lease, ending: change.as };
    case 'reverted':
      return told(lease.ending ?? 'reverted', { holds: false, ending: undefined });
    case 'conflict':
      return told('conflict', { ending: undefined });
    case 'intended':
    case 'raised':
      return lease;
  }
}

function standingAfter(restriction: Restriction, { change, at }: LedgerEntry): Partial<Restriction> {
  switch (change.kind) {
    case 'intended':
      return {
        standing: 'applying',
        before: change.before,
        after: change.after,
        intendedAt: at,
        verified: false,
        raised: false,
      };
    case 'applied':
      return { standing: 'on' };
    case 'verified':
      return { verified: true, verifiedAt: restriction.verifiedAt ?? at };
    case 'raised':
      return { after: change.after, raised: true };
    case 'reverting':
      return { standing: 'removing' };
    case 'reverted':
      return { standing: 'off', before: undefined, after: undefined, intendedAt: undefined, verifiedAt: undefined };
    case 'conflict':
      return { standing: 'conflict' };
    default:
      return {};
  }
}
