import type { AnomalyEvent, EventMode, RevocationEvent } from '@portcullis/contract';
import { type ActivityEvent, DAY_MS, type EpochMs } from '@portcullis/event';
import type { AccountLook } from './account-look.ts';
import type { Answer, ApiCall } from './api-call.ts';
import type { PlannedCut } from './cut.ts';
import type { Ledger } from './ledger.ts';
import type { PrincipalFacts, ResponseState } from './response-state.ts';

/** Where a call is made. */
export interface Place {
  readonly account: string;
  /** Absent for what is global. */
  readonly region?: string | undefined;
  /** What the call is for, by which whoever makes it finds it in the ledger. */
  readonly restriction?: string | undefined;
}

/** Makes one call with the role that its power names. Never throws for a refusal by AWS: that is an answer. */
export type CallAws = (call: ApiCall, place: Place) => Promise<Answer>;

/** All that acting needs of the world. */
export interface ResponsePorts {
  now(): EpochMs;
  /** Waits until what was written can be read. */
  pause(milliseconds: number): Promise<void>;
  readonly call: CallAws;
  readonly ledger: Ledger;
  /** At least once; equal `idempotencyKey`s are the same event. An adapter may publish from the ledger's stream instead. */
  publish(event: RevocationEvent): Promise<void>;
  /** Read before each act. Whoever cannot read it must say `stopped`. */
  killSwitch(): Promise<'armed' | 'stopped'>;
  /** Actors of an account seen within a week. */
  activeActors(account: string): Promise<number>;
  /** Calls that a cut denied since a time, as the logs show. */
  blockedAttempts(cut: PlannedCut, since: EpochMs): Promise<number>;
  /** The lane; only `live` acts. Set by the deployment, never taken from an event. */
  readonly mode: EventMode;
  readonly configVersion: string;
}

/** Alerts by id: an event on the bus is but a pointer to one. */
export interface AlertStore {
  /** The latest revision. */
  alert(id: string): Promise<AnomalyEvent | undefined>;
}

/** What the logs told, kept where no publisher can write. */
export interface EvidenceStore {
  eventsOf(alert: AnomalyEvent): Promise<readonly ActivityEvent[]>;
  /** Everything of an account from a time on, as far as the logs have come. */
  since(account: string, from: EpochMs): Promise<readonly ActivityEvent[]>;
  /** Event time before which nothing more is expected. */
  watermark(account: string): Promise<EpochMs>;
}

/** Whom facts are about, and as of when. The data of an alert says it. */
export type FactSubject = Pick<AnomalyEvent['detail']['data'], 'account' | 'actor' | 'firstSeen'>;

/** What is known of accounts and principals from the deployment. */
export interface FactStore {
  factsFor(
    subject: FactSubject,
    evidence: readonly ActivityEvent[],
  ): Promise<Omit<ResponseState, 'at' | 'evidence' | 'since'>>;
}

/** What is asked again right before each act. */
export interface GuardFacts {
  /** Roles and users of an account, as of before a time. */
  principalsOf(account: string, before: EpochMs): Promise<ReadonlyMap<string, PrincipalFacts>>;
  own(): Promise<Pick<ResponseState, 'ownAccounts' | 'ownPrincipals'>>;
}

/** Longer than an episode goes on. */
export const LOOKS_KEPT_MS = 40 * DAY_MS;

/** Looks at accounts, so that what was before an episode can be told from what an attacker made of it. */
export interface LookStore {
  /** Also forgets looks at the account that are older than this one by more than `LOOKS_KEPT_MS`. */
  put(look: AccountLook): Promise<void>;
  /** The last one at or before a time. */
  before(account: string, time: EpochMs): Promise<AccountLook | undefined>;
}
