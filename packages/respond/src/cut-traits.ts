import type { Reversibility } from '@portcullis/contract';
import type { CutAction } from './cut.ts';

/** What holds of every cut of one kind. */
export interface CutTraits {
  /** How faithfully the account's state comes back. */
  readonly reversible: Reversibility;
  /** Whether it may end by itself: only what costs availability and hands nothing back to a thief. */
  readonly expiry: 'automatic' | 'person';
  /** `always`: it edits what is the customer's, so a person decides, whatever the rules say. */
  readonly approval: 'by-rule' | 'always';
  /** Why doing it twice does what doing it once does. */
  readonly idempotent: string;
}

const MINTED: CutTraits = {
  reversible: 'exact',
  expiry: 'automatic',
  approval: 'by-rule',
  idempotent: 'the policy is named by its content, and attaching what is attached changes nothing',
};

const EDIT: CutTraits = {
  reversible: 'exact',
  expiry: 'person',
  approval: 'always',
  idempotent: 'sets a state, whatever it was before; what was there is kept from the first time',
};

export const CUT_TRAITS: Readonly<Record<CutAction, CutTraits>> = {
  'deny-actions': MINTED,
  'deny-session': MINTED,
  'deny-elsewhere': MINTED,
  'deny-addresses': MINTED,
  'deny-category': MINTED,
  'deny-older-sessions': MINTED,
  'deny-console': { ...MINTED, expiry: 'person' },
  'turn-keys-off': {
    reversible: 'exact',
    expiry: 'person',
    approval: 'by-rule',
    idempotent: 'a key that is off stays off; which were on is kept from the first time',
  },
  'remove-function-permission': {
    reversible: 'equivalent',
    expiry: 'person',
    approval: 'by-rule',
    idempotent: 'a statement that is gone stays gone; its text is kept from the first time',
  },
  'stop-function': {
    reversible: 'exact',
    expiry: 'automatic',
    approval: 'by-rule',
    idempotent: 'sets concurrency to 0, whatever it was; the old number is kept from the first time',
  },
  'close-function-url': {
    reversible: 'exact',
    expiry: 'person',
    approval: 'by-rule',
    idempotent: 'sets the kind of authorization; the address of the URL stays',
  },
  'stop-event-source': {
    reversible: 'exact',
    expiry: 'automatic',
    approval: 'by-rule',
    idempotent: 'disables a mapping, which a second time changes nothing',
  },
  'return-alias': {
    reversible: 'exact',
    expiry: 'person',
    approval: 'by-rule',
    idempotent: 'points the alias at a version; the one before is kept from the first time',
  },
  'detach-granted-policy': { ...EDIT, idempotent: 'a policy that is detached stays so' },
  'delete-granted-policy': { ...EDIT, idempotent: 'an inline policy that is gone stays gone; its text is kept' },
  'leave-granted-group': { ...EDIT, idempotent: 'who left a group stays out of it' },
  unshare: { ...EDIT, idempotent: 'a share that is taken back stays so' },
  'restore-trust': { ...EDIT, reversible: 'equivalent' },
  'restore-policy-version': EDIT,
  'deny-in-permission-set': EDIT,
  'isolate-network': EDIT,
  'pin-by-organization': { ...MINTED, approval: 'always', expiry: 'person' },
};
