import { verify } from 'node:crypto';
import { ContractError } from '../errors.ts';
import { ANOMALY_DETAIL_TYPES, DETAIL_TYPES, EVENT_SOURCE } from '../names.ts';
import { parseAlert } from '../parse-alert.ts';
import { parseEvent } from '../parse-event.ts';
import type { AnomalyEvent, DetailType, PortcullisEvent } from '../types.ts';
import { publicKeyOf } from './public-keys.ts';
import { type SignableEvent, signedBytes } from './signed-bytes.ts';
import type { VerifyOptions } from './verify-options.ts';

/** EventBridge tries for a day; what is older was kept by somebody. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks differ. */
const SKEW_MS = 5 * 60 * 1000;
/** Of a text that may be anything. */
const MAX_SHOWN = 100;

/** Why an event is not to be acted upon. */
export type Refusal =
  | 'archive-replay'
  | 'foreign-source'
  | 'unexpected-detail-type'
  | 'malformed'
  | 'wrong-publisher'
  | 'wrong-region'
  | 'not-live'
  | 'unsigned'
  | 'unknown-key'
  | 'altered'
  | 'too-old'
  | 'from-the-future'
  | 'already-seen'
  | 'superseded';

export type Verification<Event> =
  | { readonly kind: 'verified'; readonly event: Event }
  /** `detail` is for a log line; it may hold text of the event. */
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly detail: string };

/**
 * Whether an alert is ours, unchanged, fresh and new: what a subscriber asks before it acts.
 *
 * Takes `Anomaly Detected`, `Updated` and `Closed`. Forged, altered and replayed events are refused with a reason; refusing is no
 * error, so the event is done with and needs no retry.
 *
 * @throws {TypeError} where a public key cannot be read: a wrong setup
 * @example
 * const alert = await verifyAlert(event, { publisherAccount, publicKeys, now: Date.now() });
 * if (alert.kind === 'verified') alert.event.detail.data.severity; // => 'HIGH'
 */
export async function verifyAlert(value: unknown, options: VerifyOptions): Promise<Verification<AnomalyEvent>> {
  return await verified(value, options, ANOMALY_DETAIL_TYPES, parseAlert);
}

/** Like `verifyAlert`, for other events too. @param options - `detailTypes`: what to accept, all where nothing is said */
export async function verifyEvent(
  value: unknown,
  { detailTypes = DETAIL_TYPES, ...options }: VerifyOptions & { readonly detailTypes?: readonly DetailType[] },
): Promise<Verification<PortcullisEvent>> {
  return await verified(value, options, detailTypes, parseEvent);
}

/** What revisions count within: `metadata.idempotencyKey` without the revision. */
export function revisionSeries({ detail: { metadata } }: PortcullisEvent): string {
  return metadata.idempotencyKey.slice(0, -`:${metadata.revision}`.length);
}

async function verified<Event extends PortcullisEvent>(
  value: unknown,
  options: VerifyOptions,
  detailTypes: readonly string[],
  parse: (value: unknown) => Event,
): Promise<Verification<Event>> {
  const received = opened(value, detailTypes);
  if ('refused' in received) return refused(received.refused, received.detail);
  let event: Event;
  try {
    event = parse(received.event);
  } catch (error) {
    if (error instanceof ContractError) return refused('malformed', error.message);
    throw error;
  }
  const refusal =
    wrongOrigin(event, options) ?? wrongSignature(event, received.event, options) ?? wrongTime(event, options);
  if (refusal !== undefined) return refusal;
  return (await notNew(event, options)) ?? { kind: 'verified', event };
}

type Received = { readonly event: SignableEvent } | { readonly refused: Refusal; readonly detail: string };

/** What can be said before the whole is read. The event is kept as received: the signature covers all of it. */
function opened(value: unknown, detailTypes: readonly string[]): Received {
  if (typeof value !== 'object' || value === null) return { refused: 'malformed', detail: 'not an object' };
  if ('replay-name' in value)
    return { refused: 'archive-replay', detail: `replayed as ${shown(value['replay-name'])}` };
  const { source, 'detail-type': detailType } = value as Partial<SignableEvent>;
  if (source !== EVENT_SOURCE) return { refused: 'foreign-source', detail: `source is ${shown(source)}` };
  if (typeof detailType !== 'string' || !detailTypes.includes(detailType)) {
    return { refused: 'unexpected-detail-type', detail: `detail-type is ${shown(detailType)}` };
  }
  // What is missing of it is found by parsing
  return { event: value as SignableEvent };
}

/** A text, or what it is instead: turning a hostile object into text may throw. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_SHOWN) : typeof value;
}

function wrongOrigin(event: PortcullisEvent, { publisherAccount, region, modes = ['live'] }: VerifyOptions) {
  if (event.account !== publisherAccount) return refused('wrong-publisher', `put by account ${event.account}`);
  if (region !== undefined && event.region !== region) return refused('wrong-region', `put in ${event.region}`);
  const { mode } = event.detail.metadata;
  return modes.includes(mode) ? undefined : refused('not-live', `mode is ${mode}`);
}

function wrongSignature(event: PortcullisEvent, received: SignableEvent, { publicKeys }: VerifyOptions) {
  if (publicKeys === 'unchecked') return undefined;
  const { signature } = event.detail.metadata;
  if (signature === undefined) return refused('unsigned', 'no metadata.signature');
  const key = publicKeyOf(publicKeys, signature.keyId);
  if (key === undefined) return refused('unknown-key', `signed with ${signature.keyId}`);
  return signatureHolds(received, signature.value, key)
    ? undefined
    : refused('altered', 'the signature is not that of this event');
}

function signatureHolds(received: SignableEvent, value: string, key: Parameters<typeof verify>[2]): boolean {
  let bytes: Uint8Array;
  try {
    bytes = signedBytes(received);
  } catch (error) {
    // Nested deeper than anything that we ever signed
    if (error instanceof RangeError) return false;
    throw error;
  }
  return verify('sha256', bytes, key, Buffer.from(value, 'base64'));
}

function wrongTime(event: PortcullisEvent, { now, maxAgeMs = DAY_MS }: VerifyOptions) {
  const { producedAt } = event.detail.metadata;
  const age = now - Date.parse(producedAt);
  if (age > maxAgeMs) return refused('too-old', `produced at ${producedAt}`);
  return age < -SKEW_MS ? refused('from-the-future', `produced at ${producedAt}`) : undefined;
}

async function notNew(event: PortcullisEvent, { lastRevision }: VerifyOptions) {
  const { id, revision } = event.detail.metadata;
  const series = revisionSeries(event);
  const last = await lastRevision?.(series);
  if (last === revision) return refused('already-seen', `${series} revision ${revision}`);
  if (last !== undefined && last > revision) return refused('superseded', `${series} is at revision ${last}`);
  // An early word has nothing to add to the alert itself
  const told = series === id ? undefined : await lastRevision?.(id);
  return told === undefined ? undefined : refused('superseded', `${id} is an alert, at revision ${told}`);
}

function refused(reason: Refusal, detail: string) {
  return { kind: 'refused', reason, detail } as const;
}
