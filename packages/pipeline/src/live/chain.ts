import type { EpochIndex } from '@portcullis/event';
import { EventHashes } from '../event-hashes.ts';
import type { StoredSegment } from './ports.ts';
import { decodeSegment, type Segment } from './segment-codec.ts';

/** Hours for which sealed segments stay readable. */
const READABLE_HOURS = 24;

/** A part as it was read. */
export interface Part {
  readonly sealEpoch: EpochIndex;
  readonly part: number;
  readonly version: number;
  readonly frozen: boolean;
  readonly segment: Segment;
}

/** All that has been counted of one actor's hour on one split: which events, and the parts that hold them. */
export interface Chain {
  readonly hashes: EventHashes;
  readonly parts: readonly Part[];
  /** Kinds of call of which evidence was kept, as far as this container knows. */
  readonly proven: Set<string>;
}

export function chainOf(stored: readonly StoredSegment[]): Chain {
  const hashes = new EventHashes();
  const parts = stored.map(({ key, bytes, version, frozen }): Part => {
    const segment = decodeSegment(bytes);
    segment.hashes.forEach((low, high) => {
      hashes.add(low, high);
    });
    return { sealEpoch: key.sealEpoch, part: key.part, version, frozen, segment };
  });
  return { hashes, parts, proven: new Set() };
}

/** Seals in which an hour's events can be: its own, and while they are kept those in which late ones were counted. */
export function sealsOf(epoch: EpochIndex, openFrom: EpochIndex): readonly EpochIndex[] {
  const first = Math.max(epoch + 1, openFrom - READABLE_HOURS);
  const later = Array.from({ length: Math.max(0, openFrom - first + 1) }, (_, i) => first + i);
  return [epoch, ...later];
}

/**
 * Where the next events of a chain go.
 *
 * `join`: the last part of the seal takes more. `begin`: a part that is not there yet. `closed`: the seal takes nothing any
 * more, the one after it might.
 */
export type Place =
  | { readonly kind: 'join'; readonly part: Part }
  | { readonly kind: 'begin'; readonly part: number }
  | { readonly kind: 'closed' };

export function placeIn({ parts }: Chain, sealEpoch: EpochIndex): Place {
  const last = parts.filter((part) => part.sealEpoch === sealEpoch).sort((a, b) => b.part - a.part)[0];
  if (last === undefined) return { kind: 'begin', part: 0 };
  if (last.frozen) return { kind: 'closed' };
  return last.segment.full ? { kind: 'begin', part: last.part + 1 } : { kind: 'join', part: last };
}
