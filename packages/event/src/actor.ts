export type ActorKind = 'role' | 'user' | 'person' | 'function' | 'service' | 'account';

/**
 * Who acted, under a key that survives renames, new sessions and rotated keys.
 *
 * `id` is what a baseline is kept under:
 * `<account>/<kind>/<stable principal id>[/<session>][/via/<service>]`. A call that an AWS service
 * made on the principal's behalf (`invokedBy`) has its own sub-baseline, hence `via`.
 */
export interface Actor {
  readonly id: string;
  readonly kind: ActorKind;
  /** Account the principal belongs to: 12 digits, or `unknown`. */
  readonly account: string;
  /** Display ARN; keeps the role path where CloudTrail shows it. Absent for services and unknown callers. */
  readonly arn?: string;
  readonly name: string;
  /**
   * What identities of this sort share at first sight, e.g. `role/lambda`, `person/AdministratorAccess`:
   * the peer group before any behaviour is known.
   */
  readonly peerGroup: string;
  /** Service principal that called on the actor's behalf, e.g. `cloudformation.amazonaws.com`. */
  readonly via?: string;
  /**
   * Id of the role shared by all actors keyed by one of its session names. Actors with the same
   * `sharedRole` are capped in number; the overflow is judged as the role itself.
   */
  readonly sharedRole?: Actor;
  /** False for identities that nobody can revoke: services, foreign accounts, unknown callers, roots. */
  readonly revocable: boolean;
  readonly root: boolean;
}
