import { createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKeys } from './verify-options.ts';

/**
 * The key of this id, if we have one.
 *
 * @throws {TypeError} where it is no public key on P-256: a wrong setup, not a wrong event
 */
export function publicKeyOf(keys: PublicKeys, keyId: string): KeyObject | undefined {
  const text = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (text === undefined) return undefined;
  const key = readKey(text, keyId);
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError(`publicKeys: expected a key on P-256 (ECC_NIST_P256) for ${keyId}`);
  }
  return key;
}

function readKey(text: string, keyId: string): KeyObject {
  try {
    if (text.trimStart().startsWith('-----BEGIN')) return createPublicKey(text);
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new TypeError(`publicKeys: expected PEM, or base64 of a DER key, for ${keyId}`, { cause });
  }
}
