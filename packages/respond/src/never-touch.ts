import type { ResponsePolicy } from '@portcullis/config';
import { fitsWildcard } from '@portcullis/iam';
import type { PrincipalFacts, ResponseState } from './response-state.ts';

/** Why nothing may be put on a principal; the name is for machines, the text for people. */
export interface Untouchable {
  readonly cause: string;
  readonly reason: string;
}

type Rule = readonly [cause: string, pattern: RegExp, reason: string];

const IAM = /^arn:aws[a-z-]*:iam::(\d{12}):(root|(?:role|user)\/[\w+=,.@/-]+)$/;

/**
 * Roles and users that AWS owns or that accounts stand on. In code, so that no setting can take them off the list.
 *
 * Sources: IAM user guide, "Service-linked roles"; Organizations and Control Tower user guides for their roles; the bootstrap
 * templates of CDK and SST.
 */
const ALWAYS: readonly Rule[] = [
  ['root', /:root$/, 'a root user has no permissions that a policy could take'],
  ['service-linked-role', /:role\/(?:aws-service-role\/|(?:.*\/)?AWSServiceRoleFor)/, 'AWS owns service-linked roles'],
  ['service-role-of-aws', /:role\/aws-reserved\/(?!sso\.amazonaws\.com\/)/, 'AWS owns reserved roles'],
  ['permission-set-role', /:role\/(?:.*\/)?AWSReservedSSO_/, 'a permission set writes this role; cut in the set'],
  ['organization-access', /:role\/(?:.*\/)?OrganizationAccountAccessRole$/, 'the way back into the account'],
  ['control-tower', /:role\/(?:.*\/)?(?:AWSControlTower|aws-controltower)/, 'Control Tower runs the account by it'],
  ['stack-sets', /:role\/(?:.*\/)?(?:stacksets-exec-|AWSCloudFormationStackSet)/, 'stack sets run by it'],
  ['bootstrap', /:role\/(?:.*\/)?(?:cdk-|sst-bootstrap|sst-asset)/i, 'deployments stand on it'],
  ['own-role', /:(?:role|user)\/(?:.*\/)?portcullis/i, 'one of our own'],
];

/**
 * Whether a principal must not be cut: asked when planning, and again before each act.
 *
 * Anything that is not plainly a role or user of an account of ours is untouchable, so what is not
 * understood is never acted on.
 */
export function whyUntouchable(
  arn: string | undefined,
  facts: PrincipalFacts | undefined,
  protect: ResponsePolicy['protect'],
  { ownAccounts, ownPrincipals }: Pick<ResponseState, 'ownAccounts' | 'ownPrincipals'>,
): Untouchable | undefined {
  const [, account = ''] = IAM.exec(arn ?? '') ?? [];
  if (arn === undefined || account === '') {
    return { cause: 'unknown-identity', reason: 'not a role or user that could be cut' };
  }
  if (!ownAccounts.has(account)) return { cause: 'foreign-account', reason: `account ${account} is not ours` };
  if (protect.accounts.includes(account))
    return { cause: 'protected-account', reason: `account ${account} is protected` };
  for (const [cause, pattern, reason] of ALWAYS) if (pattern.test(arn)) return { cause, reason };
  if (ownPrincipals.some((own) => fitsWildcard(own, arn))) return { cause: 'own-role', reason: 'one of our own' };
  if (isListed(arn, protect.principals))
    return { cause: 'protected-actor', reason: 'on the list of protected principals' };
  if (facts?.keyAdministrator) return { cause: 'key-administrator', reason: 'administers KMS keys' };
  const tag = protect.tags.find(
    ({ key, value }) =>
      facts !== undefined && Object.hasOwn(facts.tags, key) && (value ?? facts.tags[key]) === facts.tags[key],
  );
  if (tag !== undefined) return { cause: 'protected-tag', reason: `tagged ${tag.key} before the episode` };
  return undefined;
}

/** The same of whatever a cut is put on: of a resource, that it is not one of our own. */
export function whyTargetUntouchable(
  target: string,
  facts: PrincipalFacts | undefined,
  protect: ResponsePolicy['protect'],
  own: Pick<ResponseState, 'ownAccounts' | 'ownPrincipals'>,
): Untouchable | undefined {
  const [, , service, , , resource = ''] = target.split(':');
  if (service === 'iam' && !/^(?:group|policy)\//.test(resource)) return whyUntouchable(target, facts, protect, own);
  const isOurs = /[:/]portcullis/i.test(target) || isListed(target, protect.principals);
  return isOurs ? { cause: 'own-resource', reason: 'one of our own, or protected' } : undefined;
}

/** Whether a principal may be cut by a person's word only: many stand behind it, or deployments do. */
export function whyOnlyApproved(
  arn: string,
  facts: PrincipalFacts | undefined,
  protect: ResponsePolicy['protect'],
): Untouchable | undefined {
  if (isListed(arn, protect.approvalOnly)) return { cause: 'approval-only', reason: 'listed for approval' };
  if (facts === undefined) return { cause: 'unknown-facts', reason: 'nothing is known of who else stands behind it' };
  if (facts.unsure !== undefined) return { cause: 'unsure-facts', reason: facts.unsure };
  if (facts.functions.length > protect.maxFunctionsPerRole) {
    return { cause: 'shared-role', reason: `${facts.functions.length} functions run under it` };
  }
  return undefined;
}

/** By ARN, or by the name at its end. */
function isListed(arn: string, patterns: readonly string[]): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return patterns.some((pattern) => fitsWildcard(pattern, arn) || fitsWildcard(pattern, name));
}
