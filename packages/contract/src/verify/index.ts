export { canonicalJson } from './canonical-json.ts';
export { type KmsSignRequest, kmsSigner } from './kms-signer.ts';
export { type EventSigner, signEvent } from './sign-event.ts';
export { type SignableEvent, signedBytes } from './signed-bytes.ts';
export {
  type Refusal,
  revisionSeries,
  type Verification,
  verifyAlert,
  verifyEvent,
} from './verify-event.ts';
export type { PublicKeys, VerifyOptions } from './verify-options.ts';
