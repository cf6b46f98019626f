import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anAlert } from '../testing/any-alert.ts';
import { type KmsSignRequest, kmsSigner } from './kms-signer.ts';
import { signEvent } from './sign-event.ts';
import { signedBytes } from './signed-bytes.ts';
import { verifyAlert } from './verify-event.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0f2d';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('kmsSigner', () => {
  it('sends the hash of what is signed, and its signature verifies', async () => {
    const alert = anAlert();
    const requests: KmsSignRequest[] = [];
    const signed = await signEvent(
      alert,
      kmsSigner(KEY, async (request) => {
        requests.push(request);
        // Node signs no hash as it is; of the same bytes both make the same
        return { Signature: sign('sha256', signedBytes(alert), privateKey) };
      }),
    );

    expect(requests).toEqual([
      {
        KeyId: KEY,
        Message: createHash('sha256').update(signedBytes(alert)).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    ]);
    const publicKeys = { [KEY]: publicKey.export({ format: 'pem', type: 'spki' }).toString() };
    const now = Date.parse(alert.detail.metadata.producedAt);
    expect(await verifyAlert(signed, { publisherAccount: alert.account, publicKeys, now })).toMatchObject({
      kind: 'verified',
    });
  });

  it('never passes for signed what KMS did not sign', async () => {
    await expect(
      signEvent(
        anAlert(),
        kmsSigner(KEY, async () => ({})),
      ),
    ).rejects.toThrow(`no signature with ${KEY}`);
  });
});
