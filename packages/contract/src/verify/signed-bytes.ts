import { canonicalJson } from './canonical-json.ts';

/** Says what is signed, so that no signature over anything else can pass for one over an event. */
const CONTEXT = 'portcullis-event-v1\n';

/** What of an event a signature covers; any event, also one of a later version. */
export interface SignableEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: { readonly metadata: object };
}

/**
 * The bytes that a publisher signs and a consumer verifies.
 *
 * All of an event that is ours: source, detail-type, resources and the whole detail, fields of later versions too, apart from the
 * signature itself. Not what EventBridge sets: `id`, `account`, `region`, `time`. Take the event as it was received, since parsing drops what it does not know.
 */
export function signedBytes(event: SignableEvent): Uint8Array {
  const { source, 'detail-type': detailType, resources, detail } = event;
  const signed = {
    source,
    'detail-type': detailType,
    resources,
    detail: { ...detail, metadata: { ...detail.metadata, signature: undefined } },
  };
  return Buffer.from(CONTEXT + canonicalJson(signed), 'utf8');
}
