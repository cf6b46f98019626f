import { KnownBytes, UNKNOWN } from '../scan/known-bytes.ts';
import { ScannedObject } from '../scan/scanned-object.ts';
import { createIdentify, type Identified } from './identify.ts';
import { usedMfa } from './identity.ts';
import { accountOf, type JsonObject, MAX_TOKEN, objectOf, partOf, textOf } from './record.ts';

/** Most identities remembered as written, and room for them; they have some 250 to 700 bytes. */
const MAX_IDENTITIES = 16_384;
const MAX_BYTES = 8 * 1024 * 1024;
/** Longest identity remembered; AWS's own end near 1,500. */
const MAX_LENGTH = 2048;

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
 * still in its text is looked up by it. Memory is bounded.
 */
export function createReadCaller(): (userIdentity: unknown, recipient: string) => Caller {
  const identify = createIdentify();
  const remembered = new KnownBytes<Remembered>(MAX_IDENTITIES, MAX_BYTES);

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
    const { json, from, end } = userIdentity;
    const entry = remembered.find(json, from, end);
    const known = entry === UNKNOWN ? undefined : remembered.madeOf(entry);
    if (known !== undefined && known.recipient === recipient) return known.caller;
    const caller = callerOf(partOf(userIdentity.parse()), recipient);
    if (end - from <= MAX_LENGTH) remembered.add(json, from, end, { recipient, caller });
    return caller;
  };
}
