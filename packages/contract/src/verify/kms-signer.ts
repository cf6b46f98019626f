import { createHash } from 'node:crypto';
import type { EventSigner } from './sign-event.ts';

/** What `SignCommand` of the AWS SDK takes. */
export interface KmsSignRequest {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MessageType: 'DIGEST';
  readonly SigningAlgorithm: 'ECDSA_SHA_256';
}

/**
 * Signs with a key of KMS (`ECC_NIST_P256`, `SIGN_VERIFY`), one call an event; the role needs `kms:Sign` on that key and nothing else.
 *
 * @param keyArn - not an alias: consumers look their public key up by it
 * @throws where KMS answers without a signature
 * @example
 * kmsSigner(keyArn, (request) => kms.send(new SignCommand(request)));
 */
export function kmsSigner(
  keyArn: string,
  send: (request: KmsSignRequest) => Promise<{ readonly Signature?: Uint8Array | undefined }>,
): EventSigner {
  return {
    keyId: keyArn,
    async sign(bytes) {
      // KMS takes 4 KB of a message, and its hash whatever the length
      const Message = createHash('sha256').update(bytes).digest();
      const request = { KeyId: keyArn, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
      const { Signature } = await send(request);
      if (Signature === undefined) throw new Error(`KMS gave no signature with ${keyArn}`);
      return Signature;
    },
  };
}
