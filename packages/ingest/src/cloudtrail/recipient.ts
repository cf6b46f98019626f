import type { GrantReach } from '@portcullis/event';
import { accountOf, accountOfArn } from './record.ts';

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

/** `other` may be nothing yet. */
export function closer(one: Recipient, other: Recipient | undefined): Recipient {
  return other === undefined || DISTANCE[one.reach] < DISTANCE[other.reach] ? one : other;
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
