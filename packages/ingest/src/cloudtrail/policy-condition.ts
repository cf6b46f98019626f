import { closer, farther, type Recipient, recipientNamed } from './recipient.ts';
import { accountOf, isObject, type JsonObject, textsOf } from './record.ts';

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
export function nearestNamed(condition: JsonObject, ownAccount: string): Recipient | undefined {
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
export function positiveConditions(condition: JsonObject): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(condition)
    .slice(0, 32)
    .filter(([operator]) => NARROWING_OPERATORS.has(operator.toLowerCase().replace('foranyvalue:', '')))
    .flatMap(([, keys]) => (isObject(keys) ? Object.entries(keys).slice(0, 32) : []))
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
