import type { Likeness } from '../scan/known-objects.ts';
import { ScannedObject } from '../scan/scanned-object.ts';
import { createIdentify, type Identified } from './identify.ts';
import { usedMfa } from './identity.ts';
import { accountOf, type JsonObject, MAX_TOKEN, objectOf, partOf, textOf } from './record.ts';

/** All that an event takes from `userIdentity`. */
export interface Caller extends Identified {
  /** The receiving account, else the identity's own: 12 digits, or `unknown`. */
  readonly account: string;
  readonly accessKeyId: string | undefined;
  readonly mfa: boolean;
}

interface Remembered {
  readonly recipient: string;
  readonly caller: Caller;
}

/**
 * Makes a reader of identities that does the work once for each.
 *
 * The records of a session repeat its identity letter by letter, and equal texts are equal objects: one that is
 * still in its text is looked up by its likeness, and forgotten with it.
 */
export function createReadCaller(): (userIdentity: unknown, recipient: string) => Caller {
  const identify = createIdentify();
  const remembered = new WeakMap<Likeness, Remembered>();

  function callerOf(identity: JsonObject, recipient: string): Caller {
    const account = recipient || accountOf(identity.accountId) || 'unknown';
    const { actor, sessionName, sessionShape, identityType } = identify(identity, account);
    const accessKeyId = identity.accessKeyId ? textOf(identity.accessKeyId, MAX_TOKEN) : '';
    return {
      account,
      actor,
      sessionName,
      sessionShape,
      identityType,
      accessKeyId: accessKeyId || undefined,
      mfa: usedMfa(identity),
    };
  }

  return function readCaller(userIdentity, recipient) {
    if (!(userIdentity instanceof ScannedObject)) return callerOf(objectOf(userIdentity), recipient);
    const { likeness } = userIdentity;
    const known = likeness === undefined ? undefined : remembered.get(likeness);
    if (known !== undefined && known.recipient === recipient) return known.caller;
    const caller = callerOf(partOf(userIdentity.parse()), recipient);
    if (likeness !== undefined) remembered.set(likeness, { recipient, caller });
    return caller;
  };
}
