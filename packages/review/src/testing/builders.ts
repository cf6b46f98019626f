import type { AttachedPolicy, Principal } from '../authorization/authorization.ts';
import { statementsOf } from '../policy/statement.ts';
import type { ActionUse, PrincipalUsage, Usage } from '../usage/usage.ts';

export const ACCOUNT = '111122223333';
/** Last of a hundred days of logs. */
export const TODAY = 20_500;
export const FIRST_DAY = TODAY - 99;
const DAY_MS = 24 * 60 * 60 * 1000;

/** An inline policy of these statements, written as in IAM. */
export function aPolicy(statements: readonly object[], overrides: Partial<AttachedPolicy> = {}): AttachedPolicy {
  const read = statementsOf({ Version: '2012-10-17', Statement: statements });
  if (read === undefined) throw new Error('not a policy');
  return {
    via: 'inline',
    name: 'access',
    arn: undefined,
    group: undefined,
    since: undefined,
    statements: read,
    ...overrides,
  };
}

export function aRole(policies: readonly AttachedPolicy[], overrides: Partial<Principal> = {}): Principal {
  return {
    arn: `arn:aws:iam::${ACCOUNT}:role/orders`,
    key: `${ACCOUNT}:role/orders`,
    account: ACCOUNT,
    kind: 'role',
    name: 'orders',
    path: '/',
    createdAt: (TODAY - 400) * DAY_MS,
    tags: new Map(),
    policies,
    boundary: undefined,
    trust: [],
    unreadable: [],
    ...overrides,
  };
}

/** Used all along, on these things; on unknown ones where none are given. */
export function aUse(things: readonly string[] = [], overrides: Partial<ActionUse> = {}): ActionUse {
  const days = { firstDay: FIRST_DAY, lastDay: TODAY };
  return {
    calls: 10,
    refused: 0,
    ...days,
    things: new Map(things.map((thing) => [thing, { calls: 5, ...days }])),
    unknownThings: things.length === 0,
    implied: false,
    ...overrides,
  };
}

export function someUsage(
  actions: Readonly<Record<string, ActionUse>>,
  overrides: Partial<PrincipalUsage> = {},
): PrincipalUsage {
  return {
    actions: new Map(Object.entries(actions)),
    unmapped: new Map(),
    takenUpBy: new Map([['lambda.amazonaws.com', TODAY]]),
    activeDays: new Set(days(FIRST_DAY, TODAY)),
    incomplete: false,
    ...overrides,
  };
}

/** A hundred days of logs of one account, in which `orders` did this. */
export function aRecord(orders: PrincipalUsage | undefined, overrides: Partial<Usage> = {}): Usage {
  return {
    principals: new Map(orders === undefined ? [] : [[`${ACCOUNT}:role/orders`, orders]]),
    days: new Map([[ACCOUNT, new Set(days(FIRST_DAY, TODAY))]]),
    services: new Map([[ACCOUNT, new Set(['dynamodb', 'lambda', 'ecs'])]]),
    unattributed: new Map(),
    source: 'logs',
    ...overrides,
  };
}

export function days(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
