export { canonicalJson } from './canonical-json.ts';
export type { PublicKeys } from './public-keys.ts';
export { type EventSigner, signEvent } from './sign-event.ts';
export { type SignableEvent, signedBytes } from './signed-bytes.ts';
export {
  type Refusal,
  revisionSeries,
  type Verification,
  type VerifyOptions,
  verifyAlert,
  verifyEvent,
} from './verify-event.ts';
