import type { EventSignature } from '../types.ts';
import { type SignableEvent, signedBytes } from './signed-bytes.ts';

/** Holds the private key; on AWS it is KMS, with an `ECC_NIST_P256` key that only the publisher's role may `Sign` with. */
export interface EventSigner {
  /** As consumers have it: the ARN of the key. */
  readonly keyId: string;
  /**
   * Signs by ECDSA over SHA-256 of the bytes.
   *
   * They are often more than the 4 KB that `kms:Sign` takes as a message: hash them and give `MessageType: DIGEST`.
   *
   * @returns the signature DER-encoded, as KMS and OpenSSL write it
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Puts `metadata.signature` into an event that is otherwise complete; any change after it breaks it. Signing again replaces it. */
export async function signEvent<Event extends SignableEvent>(event: Event, signer: EventSigner): Promise<Event> {
  const value = Buffer.from(await signer.sign(signedBytes(event))).toString('base64');
  const signature: EventSignature = { keyId: signer.keyId, algorithm: 'ECDSA_SHA_256', value };
  return { ...event, detail: { ...event.detail, metadata: { ...event.detail.metadata, signature } } };
}
