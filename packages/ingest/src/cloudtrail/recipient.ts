import type { GrantReach } from '@portcullis/event';
import type { PolicyPrincipal } from './policy-document.ts';
import { accountOf, accountOfArn, type JsonObject, textsOf } from './record.ts';

/** Who receives power, and how far away that is. */
export interface Recipient {
  readonly reach: GrantReach;
  readonly grantee: string;
}

const DISTANCE: Readonly<Record<GrantReach, number>> = {
  'own-account': 0,
  service: 1,
  'foreign-account': 2,
  public: 3,
};

export function farther(one: Recipient, other: Recipient): Recipient {
  return DISTANCE[other.reach] > DISTANCE[one.reach] ? other : one;
}

/** Order for sorting: the farthest first. */
export function byReach(one: Recipient, other: Recipient): number {
  return DISTANCE[other.reach] - DISTANCE[one.reach];
}

/**
 * Places a name as requests give it: account id, ARN, service principal, `*` or `all`.
 *
 * Unique ids (`AROA...`), which AWS shows for deleted principals, and plain names count as the own account.
 */
export function recipientNamed(name: string, ownAccount: string): Recipient {
  if (name === '*' || name === 'all') return { reach: 'public', grantee: '*' };
  const account = accountOf(name) || accountOfArn(name);
  if (account !== '') return { reach: account === ownAccount ? 'own-account' : 'foreign-account', grantee: name };
  if (isService(name)) return { reach: 'service', grantee: name };
  if (!name.startsWith('arn:')) return { reach: 'own-account', grantee: name };
  // A wildcard in the account field; otherwise AWS's own principals: arn:aws:iam::cloudfront:user/...
  const field = name.split(':', 5)[4] ?? '';
  return field.includes('*') ? { reach: 'public', grantee: name } : { reach: 'service', grantee: name };
}

function isService(name: string): boolean {
  return name.endsWith('.amazonaws.com') || name.endsWith('.amazonaws.com.cn') || name.endsWith('.amazon.com');
}

/**
 * Says whom one principal of a policy statement reaches, its conditions considered.
 *
 * The rule: a condition can bring `*` nearer only by naming accounts, ARNs, organizations or networks with a
 * positive operator that also requires the key to be present. A condition can push a service farther, where it
 * acts for a resource of another account (`aws:SourceAccount`). It never brings a named foreign account nearer.
 */
export function recipientOf(principal: PolicyPrincipal, condition: JsonObject, ownAccount: string): Recipient {
  const { kind, name } = principal;
  if (kind === 'Federated') return federatedRecipient(name, condition, ownAccount);
  if (kind === 'CanonicalUser') return { reach: 'foreign-account', grantee: name };
  const recipient: Recipient =
    kind === 'Service' && name !== '*' ? { reach: 'service', grantee: name } : recipientNamed(name, ownAccount);
  if (recipient.reach === 'public') return nearestNamed(condition, ownAccount) ?? recipient;
  if (recipient.reach !== 'service') return recipient;
  const behalf = nearestNamed(condition, ownAccount);
  return behalf?.reach === 'foreign-account' ? behalf : recipient;
}

/** How the values of a condition key name somebody. */
type ConditionRule = (value: string, ownAccount: string) => Recipient | undefined;

const CONDITIONS: ReadonlyMap<string, ConditionRule> = new Map<string, ConditionRule>([
  ['aws:principalaccount', accountValue],
  ['aws:sourceaccount', accountValue],
  ['aws:sourceowner', accountValue],
  ['kms:calleraccount', accountValue],
  ['s3:dataaccesspointaccount', accountValue],
  ['aws:principalarn', arnValue],
  ['aws:sourcearn', arnValue],
  ['s3:dataaccesspointarn', arnValue],
  // Nothing in the record tells whose organization, VPC or address it is: other accounts at least.
  ['aws:principalorgid', foreignValue],
  ['aws:principalorgpaths', foreignValue],
  ['aws:sourceorgid', foreignValue],
  ['aws:sourceorgpaths', foreignValue],
  ['aws:sourcevpc', foreignValue],
  ['aws:sourcevpce', foreignValue],
  ['aws:userid', foreignValue],
  ['aws:sourceip', addressValue],
]);

/** `...IfExists` and `ForAllValues:` also hold where the key is absent, negative operators name nobody: not listed, hence not narrowing. */
const NARROWING_OPERATORS = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
  'ipaddress',
]);

/**
 * The nearest of what the conditions name (they hold together); `undefined` where none of them narrows. A bucket,
 * whose account is not shown, counts only where no other condition says more.
 */
function nearestNamed(condition: JsonObject, ownAccount: string): Recipient | undefined {
  let nearest: Recipient | undefined;
  let bucket: Recipient | undefined;
  for (const [key, values] of positiveConditions(condition)) {
    const rule = CONDITIONS.get(key);
    const named = rule === undefined ? undefined : farthestValue(rule, values, ownAccount);
    if (named?.reach === 'service') bucket = named;
    else if (named !== undefined) nearest = closer(named, nearest);
  }
  return nearest ?? bucket;
}

function closer(one: Recipient, other: Recipient | undefined): Recipient {
  return other === undefined || DISTANCE[one.reach] < DISTANCE[other.reach] ? one : other;
}

/** The farthest of a key's values (any of them is enough); `undefined` where one of them names nobody in particular. */
function farthestValue(rule: ConditionRule, values: readonly string[], ownAccount: string): Recipient | undefined {
  let farthest: Recipient | undefined;
  for (const value of values) {
    const named = rule(value, ownAccount);
    if (named === undefined) return undefined;
    farthest = farthest === undefined ? named : farther(farthest, named);
  }
  return farthest;
}

/** Condition keys in small letters with their values, for the operators that narrow. */
function positiveConditions(condition: JsonObject): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(condition)
    .slice(0, 32)
    .filter(([operator]) => NARROWING_OPERATORS.has(operator.toLowerCase().replace('foranyvalue:', '')))
    .flatMap(([, keys]) => (typeof keys === 'object' && keys !== null ? Object.entries(keys).slice(0, 32) : []))
    .map(([key, values]): readonly [string, readonly string[]] => [key.toLowerCase(), textsOf(values)]);
}

function accountValue(value: string, ownAccount: string): Recipient | undefined {
  const account = accountOf(value);
  return account === '' ? undefined : recipientNamed(account, ownAccount);
}

/**
 * S3 ARNs name no account (`arn:aws:s3:::b`, or `arn:aws:s3:*:*:b` in older documents), yet bucket names are unique;
 * only services set `aws:SourceArn`, so what is left is a service acting for that bucket.
 */
function arnValue(value: string, ownAccount: string): Recipient | undefined {
  const [, , service = '', , account = '', bucket = '*'] = value.split(':', 6);
  if (service === 's3' && accountOf(account) === '') {
    return bucket.startsWith('*') ? undefined : { reach: 'service', grantee: value };
  }
  return accountOf(account) === '' ? undefined : recipientNamed(value, ownAccount);
}

function foreignValue(value: string): Recipient | undefined {
  return value.replaceAll('*', '').replaceAll(':', '') === ''
    ? undefined
    : { reach: 'foreign-account', grantee: value };
}

/** Addresses narrow unless the block is so wide (over 16 million IPv4 addresses) that it means everybody. */
function addressValue(value: string): Recipient | undefined {
  const [address = '', length = ''] = value.split('/');
  const shortest = address.includes(':') ? 32 : 8;
  return length !== '' && Number(length) < shortest ? undefined : { reach: 'foreign-account', grantee: value };
}

/** Identity providers that anybody can get a token of, so that only a condition on the subject tells people apart. */
const SHARED_ISSUERS = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'app.terraform.io',
  'api.bitbucket.org',
  'agent.buildkite.com',
  'oidc.circleci.com',
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'www.amazon.com',
  'graph.facebook.com',
];

/** Keys that tie a token to somebody: for Cognito and Google the audience is the application's own id. */
const TYING_KEYS = /(?:^|:)(?:sub|job_workflow_ref|repository|repository_owner|repository_id)$/;
const TYING_AUDIENCES =
  /^(?:cognito-identity\.amazonaws\.com|accounts\.google\.com|www\.amazon\.com|graph\.facebook\.com):(?:aud|oaud|app_id)$/;

function federatedRecipient(provider: string, condition: JsonObject, ownAccount: string): Recipient {
  const shared = SHARED_ISSUERS.some((issuer) => provider === issuer || provider.endsWith(`oidc-provider/${issuer}`));
  if (shared) {
    const tied = positiveConditions(condition).some(
      ([key, values]) =>
        (TYING_KEYS.test(key) || TYING_AUDIENCES.test(key)) && values.length > 0 && !values.some(meansAnybody),
    );
    return { reach: tied ? 'own-account' : 'public', grantee: provider };
  }
  return recipientNamed(provider, ownAccount);
}

/** `*`, `repo:*`, `repo:*:ref:...`: no owner is named before the first wildcard. */
function meansAnybody(value: string): boolean {
  const star = value.indexOf('*');
  return star >= 0 && /^(?:repo:|project_path:|organization:|:)*$/.test(value.slice(0, star));
}
