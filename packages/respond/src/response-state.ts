import type { ActivityEvent, EpochMs } from '@portcullis/event';

/** What one actor does anyway, from its baseline as of before the episode. */
export interface UsualBehavior {
  /** All its usual calls come from private addresses: through endpoints of its VPC, which alone tell `aws:SourceVpc`. */
  readonly onlyPrivate: boolean;
  hasAction(action: string): boolean;
  /** By prefix, `203.0.113.0/24`. */
  hasNetwork(prefix: string): boolean;
  /** By name of the autonomous system, `AMAZON-02`. */
  hasOwner(owner: string): boolean;
  hasResource(resource: string): boolean;
}

/** What is known of a principal: from the deployment, not from what an attacker could have changed since. */
export interface PrincipalFacts {
  readonly arn: string;
  /** As of before the episode. */
  readonly tags: Readonly<Record<string, string>>;
  /** Functions that run under the role. */
  readonly functions: readonly FunctionFacts[];
  /** Behind an instance profile. */
  readonly instances?: boolean | undefined;
  /** May administer KMS keys. */
  readonly keyAdministrator?: boolean | undefined;
  /** Trust policy before the episode, for restoring it. */
  readonly trust?: string | undefined;
  /** Why no rule may rely on it, though it may protect: nobody looked lately, or before the episode. */
  readonly unsure?: string | undefined;
}

export interface FunctionFacts {
  readonly arn: string;
  readonly roleArn: string;
  /** Where it runs, if in a VPC. */
  readonly vpcId?: string | undefined;
  /** Aliases, and the version each had before the episode. */
  readonly aliases?: readonly { readonly name: string; readonly version: string }[] | undefined;
}

/** Where people's permission sets live. */
export interface IdentityCenterFacts {
  readonly instanceArn: string;
  /** By role ARN of `AWSReservedSSO_`. */
  readonly permissionSets: ReadonlyMap<string, string>;
  /** Identity store's user id, by session name. */
  readonly userIds: ReadonlyMap<string, string>;
}

/** All that a plan rests on. Frozen; the same state gives the same plan. */
export interface ResponseState {
  readonly at: EpochMs;
  /** Accounts that are ours; in others nothing is cut. */
  readonly ownAccounts: ReadonlySet<string>;
  /** ARNs of our own roles, and patterns of them. */
  readonly ownPrincipals: readonly string[];
  /** Events that the alert names, read again from the evidence store. */
  readonly evidence: readonly ActivityEvent[];
  /** Whatever else happened in the account from the first of them on, as far as the logs have come. */
  readonly since: readonly ActivityEvent[];
  /** Of an actor by id; of whom nothing is known, nothing is usual. */
  usual(actorId: string): UsualBehavior;
  /** By ARN, of roles, users and functions. */
  readonly principals: ReadonlyMap<string, PrincipalFacts>;
  /** By ARN, the default version before the episode of policies whose versions the actor changed. */
  readonly policyVersions?: ReadonlyMap<string, string> | undefined;
  readonly identityCenter?: IdentityCenterFacts | undefined;
  /** Security group that lets nothing through, by VPC account; offered after approval. */
  readonly isolationGroup?: string | undefined;
  /** Organization target to pin our cuts at, where the organization allows it. */
  readonly organization?: { readonly targetId: string; readonly except: readonly string[] } | undefined;
}
