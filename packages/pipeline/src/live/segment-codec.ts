import { BaselineFormatError } from '@portcullis/baseline';
import { EventHashes } from '../event-hashes.ts';

/** Raised when the layout changes. */
const VERSION = 1;
/** Version, whether it is full, and the number of hashes. */
const HEADER_BYTES = 6;
const HASH_BYTES = 8;

/** What one part of an actor's hour holds: which events, and what they add up to. */
export interface Segment {
  /** Says that the next part may have begun, so that nothing joins this one any more. */
  readonly full: boolean;
  readonly hashes: EventHashes;
  /** `encodeDelta`. */
  readonly delta: Uint8Array;
}

export function segmentBytes({ hashes, delta }: Pick<Segment, 'hashes' | 'delta'>): number {
  return HEADER_BYTES + HASH_BYTES * hashes.size + delta.length;
}

export function encodeSegment(segment: Segment): Uint8Array {
  const bytes = new Uint8Array(segmentBytes(segment));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, segment.full ? 1 : 0);
  view.setUint32(2, segment.hashes.size);
  let at = HEADER_BYTES;
  segment.hashes.forEach((low, high) => {
    view.setInt32(at, low);
    view.setInt32(at + 4, high);
    at += HASH_BYTES;
  });
  bytes.set(segment.delta, at);
  return bytes;
}

/** @throws BaselineFormatError where the bytes are cut or of a version not known here */
export function decodeSegment(bytes: Uint8Array): Segment {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES) throw new BaselineFormatError('the bytes of a segment are cut');
  const version = view.getUint8(0);
  if (version !== VERSION) {
    throw new BaselineFormatError(`segment version ${version}; this release reads version ${VERSION}`);
  }
  const count = view.getUint32(2);
  const deltaAt = HEADER_BYTES + HASH_BYTES * count;
  if (bytes.length < deltaAt) throw new BaselineFormatError('the bytes of a segment are cut');
  const hashes = new EventHashes();
  for (let at = HEADER_BYTES; at < deltaAt; at += HASH_BYTES) hashes.add(view.getInt32(at), view.getInt32(at + 4));
  return { full: view.getUint8(1) === 1, hashes, delta: bytes.subarray(deltaAt) };
}
