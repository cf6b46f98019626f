import { emptyTrafficBaseline } from '@portcullis/baseline';
import type { Actor } from '@portcullis/event';
import { expect, it } from 'vitest';
import { anActor } from '../../../test/builders.ts';
import { isLinked } from './chain-links.ts';
import { emptyState } from './pipeline-state.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/orders`;
const api: Actor = { ...anActor({ name: 'a1/prod' }), id: `${ACCOUNT}/api/a1/prod`, kind: 'service', arn: undefined };
const orders: Actor = {
  ...anActor({ name: 'orders' }),
  id: `${ACCOUNT}/function/orders`,
  kind: 'function',
  role: ROLE,
};
const role: Actor = { ...anActor({ name: 'orders' }), id: `${ACCOUNT}/role/AROA1`, arn: ROLE, role: undefined };
const stranger: Actor = {
  ...anActor({ name: 'other' }),
  id: `${ACCOUNT}/role/AROA2`,
  arn: `${ROLE}-2`,
  role: undefined,
};

const state = emptyState();
const baseline = emptyTrafficBaseline(1);
baseline.behind.set(orders.id, 20_000);
state.traffic.known.set(api.id, {
  of: { id: api.id, kind: 'api', account: ACCOUNT, name: api.name, arn: undefined },
  baseline,
});
state.names.set(orders.id, { kind: 'function', name: 'orders', arn: undefined, role: ROLE });

it.each([
  { one: api, other: orders, linked: true, why: 'a function that answers for an API' },
  { one: orders, other: role, linked: true, why: 'a function and its role' },
  { one: api, other: role, linked: true, why: 'an API and the role behind its function' },
  { one: api, other: stranger, linked: false, why: 'an API and some role' },
  { one: orders, other: stranger, linked: false, why: 'a function and some other role' },
  { one: role, other: stranger, linked: false, why: 'two roles' },
])('$why: linked $linked, from either end', ({ one, other, linked }) => {
  expect(isLinked(state, one, other)).toBe(linked);
  expect(isLinked(state, other, one)).toBe(linked);
});
