import type { Grant, GrantForm } from '@portcullis/event';
import { isAdministrativeResourceStatement } from './administrative.ts';
import { allowStatementsOf } from './policy-document.ts';
import { recipientOf } from './principal-recipient.ts';
import { byReach, type Recipient, recipientNamed } from './recipient.ts';
import { accountOf, type JsonObject } from './record.ts';

/** A successful call that may have given power away. */
export interface GrantCall {
  readonly request: JsonObject;
  readonly response: JsonObject;
  /** Account that received the event: 12 digits or `unknown`. */
  readonly account: string;
  /** ARN or name of who called: the receiver where a call without a target means the caller. */
  readonly caller: string;
  readonly callerIsRoot: boolean;
}

export type GrantReader = (call: GrantCall) => readonly Grant[];

/** Readers of one service's calls by event name, version suffix cut off. */
export type GrantReaders = Readonly<Record<string, GrantReader>>;

/** Most grants looked at: a policy of 20 KB, the largest AWS takes, names fewer accounts. */
const MAX_CONSIDERED = 2048;
/** Most grants kept of one event, the farthest reaching first. */
const MAX_GRANTS = 32;

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** One grant, with parts that the request left out or AWS hid shown as `unknown`. */
export function grant(form: GrantForm, { reach, grantee }: Recipient, resource: string, administrative = false): Grant {
  return { form, reach, grantee: shown(grantee), resource: shown(resource), administrative };
}

function shown(text: string): string {
  return text === '' || text === HIDDEN ? 'unknown' : text;
}

/** Power given to an identity of the account itself. */
export function ownGrant(form: GrantForm, grantee: string, resource: string, administrative = false): Grant {
  return grant(form, { reach: 'own-account', grantee }, resource, administrative);
}

/** Something shared with each of the named accounts, ARNs, organizations or `all`. */
export function sharesWith(names: readonly string[], resource: string, account: string): readonly Grant[] {
  return bounded(names.map((name) => grant('share', sharedWith(name, account), resource)));
}

/** Organizations and their units (`o-...`, `ou-...`) are other accounts at least. */
function sharedWith(name: string, account: string): Recipient {
  return /(?:^|\/)(?:o|ou)-[a-z0-9-]+$/.test(name)
    ? { reach: 'foreign-account', grantee: name }
    : recipientNamed(name, account);
}

/** What the Allow statements of a trust or resource policy give to whom. */
export function policyGrants(
  form: 'trust-policy' | 'resource-policy',
  document: unknown,
  resource: string,
  account: string,
): readonly Grant[] {
  return bounded(
    allowStatementsOf(document).flatMap((statement) => {
      // A trust policy says who may become the role, not what the role may do.
      const strong = form === 'resource-policy' && isAdministrativeResourceStatement(statement);
      return statement.principals.map((principal) => {
        const recipient = recipientOf(principal, statement.condition, account);
        return grant(form, recipient, resource, strong && !isOwnAccount(recipient.grantee, account));
      });
    }),
  );
}

/** Naming the account itself leaves the decision to its IAM policies and gives nobody anything yet. */
function isOwnAccount(grantee: string, account: string): boolean {
  return accountOf(grantee) === account || grantee.endsWith(`::${account}:root`);
}

/** Drops repetitions and keeps the farthest reaching. */
export function bounded(grants: readonly Grant[]): readonly Grant[] {
  const distinct = new Map<string, Grant>();
  for (const one of grants.slice(0, MAX_CONSIDERED)) {
    const key = `${one.form} ${one.reach} ${one.grantee} ${one.resource}`;
    const known = distinct.get(key);
    if (known === undefined || (one.administrative && !known.administrative)) distinct.set(key, one);
  }
  return [...distinct.values()].sort(byReach).slice(0, MAX_GRANTS);
}
