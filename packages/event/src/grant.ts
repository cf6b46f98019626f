/** How power was given away. */
export type GrantForm =
  | 'trust-policy'
  | 'identity-policy'
  | 'resource-policy'
  | 'share'
  | 'credential'
  | 'federation'
  | 'network'
  | 'boundary-removed';

/** Who received it, from nearest to farthest. */
export type GrantReach = 'own-account' | 'service' | 'foreign-account' | 'public';

/**
 * Power that one event gave to somebody, read from its request parameters and policy documents.
 *
 * `grantee` is an account id, an ARN, `*`, a CIDR block or the entity that received a policy;
 * `administrative` says that what was given allows everything or allows to grant further.
 */
export interface Grant {
  readonly form: GrantForm;
  readonly reach: GrantReach;
  readonly grantee: string;
  /** What was opened: ARN or name as the request gave it. */
  readonly resource: string;
  readonly administrative: boolean;
}
