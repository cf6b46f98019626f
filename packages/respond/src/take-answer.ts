import type { EpochMs } from '@portcullis/event';
import { type Approver, whyLinked } from './approvals.ts';
import { extendLease, holdLease, type Refused, recordApproval, rejectLease } from './manage-leases.ts';
import type { Recording } from './record.ts';
import type { Revocation } from './revocations.ts';

/** What people can say to a revocation. */
export const VERBS = ['approve', 'reject', 'revert', 'extend', 'hold'] as const;

export type Verb = (typeof VERBS)[number];

/** What goes with it. */
export interface Said {
  /** Empty where nothing was said. */
  readonly reason: string;
  readonly until: EpochMs | undefined;
}

/** A person's word that a cut be taken back, on the way from who took it to who does it. */
export interface RevertRequest {
  readonly restriction: string;
  readonly lease: string;
  readonly approver: Approver;
  readonly reason: string;
}

/** Has leases gone through now, not in five minutes; and a cut taken back first. */
export type GoOn = (request: { readonly revert?: RevertRequest }) => Promise<void>;

/** What became of a person's word. */
export type Taken =
  | { readonly kind: 'approved' | 'one-of-two' | 'rejected' | 'held' | 'extended' }
  /** Done by whoever keeps leases. */
  | { readonly kind: 'asked-for' }
  | Refused;

/** What a word lacks to be taken; `undefined` where it is whole. */
export function missingIn(verb: Verb, { reason, until }: Said): 'reason' | 'until' | undefined {
  if (verb === 'extend') return until === undefined ? 'until' : undefined;
  return verb !== 'approve' && reason === '' ? 'reason' : undefined;
}

/**
 * Takes a person's word about a revocation: writes it down, and has done what follows from it. The same whoever brought it, a command or a request.
 *
 * @param goOn - called where somebody with more power has to go on now
 */
export async function takeAnswer(
  verb: Verb,
  { restriction, lease }: Revocation,
  caller: Approver,
  said: Said,
  ports: Recording,
  goOn: GoOn,
): Promise<Taken> {
  const missing = missingIn(verb, said);
  if (missing !== undefined) return { kind: 'refused', reason: `${verb} takes more: ${missing}` };
  const { reason, until = 0 } = said;
  switch (verb) {
    case 'approve': {
      const taken = await recordApproval(restriction, lease.id, caller, ports);
      if (taken.kind === 'approved') await goOn({});
      return taken;
    }
    case 'reject':
      return rejectLease(restriction, lease.id, caller, reason, ports);
    case 'hold':
      return holdLease(restriction, lease.id, caller, reason, ports);
    case 'extend':
      return extendLease(restriction, lease.id, caller, until, ports);
    case 'revert': {
      const linked = whyLinked(caller, lease);
      if (linked !== undefined) return { kind: 'refused', reason: linked };
      await goOn({ revert: { restriction, lease: lease.id, approver: caller, reason } });
      return { kind: 'asked-for' };
    }
    default:
      return verb satisfies never;
  }
}
