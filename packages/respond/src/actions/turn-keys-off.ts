import type { ApiCall, JsonObject } from '../api-call.ts';
import type { CutDetails } from '../cut.ts';
import type { CutState } from '../cut-state.ts';
import { type Action, listAt, obstacle, required, textAt } from './action.ts';

type Details = Extract<CutDetails, { readonly kind: 'turn-keys-off' }>;

/** Turns access keys inactive. Never deletes one, which could not be undone; never turns one on that was off before. Keys made since are cuts of their own. */
export const turnKeysOff: Action<Details> = {
  preconditions: ['the user exists', 'at least one of the keys is active'],
  verification: 'each key reads back as inactive',
  operations: {
    look: ['iam:GetUser', 'iam:ListAccessKeys'],
    apply: ['iam:UpdateAccessKey'],
    revert: ['iam:UpdateAccessKey'],
  },
  async look({ user, keys }, _, ask) {
    const principal = await required(ask, 'iam:GetUser', { UserName: user });
    const listed = listAt(await required(ask, 'iam:ListAccessKeys', { UserName: user }), 'AccessKeyMetadata');
    const wanted = listed.filter((key) => keys?.includes(textAt(key, 'AccessKeyId')) !== false);
    return {
      state: { keys: Object.fromEntries(wanted.map((key) => [textAt(key, 'AccessKeyId'), textAt(key, 'Status')])) },
      liveArn: textAt(principal, 'User', 'Arn'),
    };
  },
  intend({ user }, _, { state }) {
    const keys = keysOf(state);
    const active = Object.keys(keys).filter((id) => keys[id] === 'Active');
    if (active.length === 0) return obstacle('no-active-key', 'none of the keys is active');
    return {
      kind: 'calls',
      calls: active.map((id) => update(user, id, 'Inactive', 'attach')),
      after: { keys: Object.fromEntries(Object.keys(keys).map((id) => [id, 'Inactive'])) },
    };
  },
  relevant(found, intended) {
    const known = keysOf(intended);
    return { keys: Object.fromEntries(Object.entries(keysOf(found)).filter(([id]) => Object.hasOwn(known, id))) };
  },
  revert({ user }, _, before, found) {
    const was = keysOf(before);
    const is = keysOf(found);
    return Object.keys(is)
      .filter((id) => was[id] === 'Active' && is[id] !== 'Active')
      .map((id) => update(user, id, 'Active', 'revert'));
  },
};

function update(user: string, key: string, status: 'Active' | 'Inactive', power: 'attach' | 'revert'): ApiCall {
  return { operation: 'iam:UpdateAccessKey', power, input: { UserName: user, AccessKeyId: key, Status: status } };
}

function keysOf({ keys }: CutState): JsonObject {
  return typeof keys === 'object' && keys !== null && !Array.isArray(keys) ? (keys as JsonObject) : {};
}
