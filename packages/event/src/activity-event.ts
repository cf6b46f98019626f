import type { Action } from './action.ts';
import type { Actor } from './actor.ts';
import type { Agent } from './agent.ts';
import type { Grant } from './grant.ts';
import type { Network } from './network.ts';
import type { EpochMs } from './time.ts';

export type Outcome = 'success' | 'denied' | 'error';

/** Credentials that a call handed out or that a later call will be made with: edges of the session graph. */
export interface MintedCredential {
  readonly accessKeyId: string;
  /** Role or user the credential acts as, where the record shows it. */
  readonly principalArn?: string;
}

/**
 * One thing that one actor did, whatever log told of it. Field names of the logs end here.
 *
 * `actor`, `action`, `agent` and `network` are shared objects: compare and group by reference or by their id,
 * never write to them. Optional fields may be present as `undefined`: a fixed set of fields gives all
 * events one hidden class, which the hot path reads several times faster than many.
 */
export interface ActivityEvent {
  /** The log's own event id, or a hash of the record where it has none. */
  readonly id: string;
  readonly source: 'cloudtrail';
  /** Account that received the event: 12 digits, or `unknown`. */
  readonly account: string;
  readonly region: string;
  /** When the request completed (CloudTrail: whole seconds, UTC). */
  readonly time: EpochMs;
  readonly actor: Actor;
  readonly action: Action;
  readonly outcome: Outcome;
  readonly errorCode?: string | undefined;
  readonly network: Network;
  readonly agent: Agent;
  /** Key id of the credentials used; links sessions. */
  readonly accessKeyId?: string | undefined;
  /** Role session name, where the actor is not keyed by it. */
  readonly sessionName?: string | undefined;
  /** How that name is built, apart from what differs from session to session: `a-#`, `a@a.a`. */
  readonly sessionShape?: string | undefined;
  readonly identityType: string;
  readonly mfa: boolean;
  readonly console: boolean;
  /** ARNs or names of what was touched; the first is the main one. */
  readonly resources: readonly string[];
  readonly grants: readonly Grant[];
  readonly minted?: MintedCredential | undefined;
  /** Sets what a trail records, and leaves all management events in: no narrowing, though data events may have gone. */
  readonly recordsAllManagement?: true | undefined;
}
