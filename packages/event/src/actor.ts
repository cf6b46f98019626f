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
  readonly arn?: string | undefined;
  readonly name: string;
  /**
   * What identities of this sort share at first sight, e.g. `role/lambda`, `person/AdministratorAccess`:
   * the peer group before any behaviour is known.
   */
  readonly peerGroup: string;
  /** Service principal that called on the actor's behalf, e.g. `cloudformation.amazonaws.com`. */
  readonly via?: string | undefined;
  /**
   * Id of the role shared by all actors keyed by one of its session names. Actors with the same
   * `sharedRole` are capped in number; the overflow is judged as the role itself.
   */
  readonly sharedRole?: Actor | undefined;
  /** ARN of the role whose permissions a function acts with. */
  readonly role?: string | undefined;
  /** False for identities that nobody can revoke: services, foreign accounts, unknown callers, roots. */
  readonly revocable: boolean;
  readonly root: boolean;
}

/**
 * The actor to keep when events of one id disagree about its ARN, name or peer group, as records that
 * show less of an identity do. Says the same for any order of the events, so that a baseline does not depend
 * on which came first: the narrower peer group wins (`role/ec2` over `role`), then the longer, later text.
 */
export function preferredActor(one: Actor, other: Actor): Actor {
  if (one === other) return one;
  const order =
    compareText(one.peerGroup, other.peerGroup) ||
    compareText(one.arn ?? '', other.arn ?? '') ||
    compareText(one.name, other.name) ||
    compareText(one.role ?? '', other.role ?? '');
  return order >= 0 ? one : other;
}

/** By UTF-16 units, not by locale: the same on every machine. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
