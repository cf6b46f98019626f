import type { AlertActor, Severity } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { PlannedCut, ResponsePlan } from './cut.ts';
import type { CutState, Difference } from './cut-state.ts';

/** What of a plan each of its cuts carries along. */
export type PlanHead = Pick<
  ResponsePlan,
  'id' | 'alert' | 'account' | 'actor' | 'confirmed' | 'linked' | 'notBefore' | 'rule' | 'mode'
> & { readonly severity: Severity; readonly actor: AlertActor };

/** How a lease ends. */
export type LeaseEnd = 'expired' | 'reverted';

/** One thing that happened to a lease. */
export type Change =
  | {
      readonly kind: 'proposed';
      readonly cut: PlannedCut;
      readonly plan: PlanHead;
      readonly lapsesAt: EpochMs;
      readonly approvals: number;
    }
  | { readonly kind: 'approved'; readonly by: string }
  | { readonly kind: 'rejected'; readonly by: string; readonly reason: string }
  | { readonly kind: 'held'; readonly cause: string; readonly reason: string; readonly by: string }
  /** Written before anything is done, once for all that share the restriction. */
  | { readonly kind: 'intended'; readonly before: CutState; readonly after: CutState }
  | { readonly kind: 'applied'; readonly expiresAt?: EpochMs | undefined }
  | { readonly kind: 'verified' }
  | { readonly kind: 'raised'; readonly after: CutState }
  | { readonly kind: 'effective'; readonly event: string }
  | { readonly kind: 'failed'; readonly step: string; readonly cause: string; readonly reason: string }
  | { readonly kind: 'extended'; readonly until: EpochMs; readonly by: string; readonly reason: string }
  /** Others hold the restriction, so it stays. */
  | { readonly kind: 'released'; readonly as: LeaseEnd; readonly by: string; readonly reason: string }
  /** Written before anything is taken back. */
  | { readonly kind: 'reverting'; readonly as: LeaseEnd; readonly by: string; readonly reason: string }
  | { readonly kind: 'reverted' }
  | {
      readonly kind: 'conflict';
      readonly by: string;
      readonly differences: readonly Difference[];
      readonly found: CutState;
    };

/** One line of the ledger; none is ever changed or removed. */
export interface LedgerEntry {
  readonly restriction: string;
  /** From 1, without gaps, within one restriction. */
  readonly sequence: number;
  readonly at: EpochMs;
  /** Id of the revocation. */
  readonly lease: string;
  readonly change: Change;
}

/** An act as the circuit breaker counts it. */
export interface Intent {
  readonly account: string;
  readonly actor: string;
  readonly at: EpochMs;
}

/**
 * The truth about what we did: append-only by condition.
 *
 * One stream of entries for each restriction, so that all who share it are decided on in one order.
 */
export interface Ledger {
  /** All entries of a restriction by sequence, as of now: a strong read. */
  read(restriction: string): Promise<readonly LedgerEntry[]>;
  /** Written only if the restriction has no entry of that sequence; `taken`: read again and decide again. */
  append(entry: LedgerEntry): Promise<'appended' | 'taken'>;
  /** Restrictions that have a lease which is not over. May lag. */
  open(): Promise<readonly string[]>;
  /** Restrictions with a lease for the alert. May lag. */
  ofAlert(alert: string): Promise<readonly string[]>;
  /** Intents at or after a time, of all accounts. */
  intentsSince(time: EpochMs): Promise<readonly Intent[]>;
}
