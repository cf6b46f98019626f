import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * Public keys by key id, from where the consumer trusts them: its own code or settings, never the event.
 *
 * Each as PEM, or as the base64 that `aws kms get-public-key --query PublicKey --output text` prints. Two of them while keys change.
 */
export type PublicKeys = Readonly<Record<string, string>>;

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
