import type { EpochMs } from '@portcullis/event';
import type { Statement, TrustStatement } from '../policy/statement.ts';

/** A role or user with everything that says what it may do. */
export interface Principal {
  readonly arn: string;
  /** As `principalKey` makes it of the ARN. */
  readonly key: string;
  readonly account: string;
  readonly kind: 'role' | 'user';
  readonly name: string;
  readonly path: string;
  readonly createdAt: EpochMs | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly policies: readonly AttachedPolicy[];
  /** ARN of the permissions boundary. It stays as it is: a review only takes away below it. */
  readonly boundary: string | undefined;
  /** Of roles. */
  readonly trust: readonly TrustStatement[];
  /** What could not be read; a principal with any of it is not reviewed. */
  readonly unreadable: readonly string[];
}

/** How a policy comes to a principal. `inline` is its own, `managed` may be shared, `group` comes with membership. */
export interface AttachedPolicy {
  readonly via: 'inline' | 'managed' | 'group';
  readonly name: string;
  /** Of managed policies. */
  readonly arn: string | undefined;
  /** Of the group it comes from. */
  readonly group: string | undefined;
  readonly statements: readonly Statement[];
  /** When this version came to be; inline policies do not tell. */
  readonly since: EpochMs | undefined;
}

/**
 * Where authorization details come from: pages as `iam:GetAccountAuthorizationDetails` gives them. Files, or an adapter that
 * calls the API.
 */
export interface AuthorizationSource {
  pages(): AsyncIterable<unknown>;
}
