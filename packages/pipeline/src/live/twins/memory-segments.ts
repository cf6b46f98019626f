import type { EpochIndex } from '@portcullis/event';
import type { SegmentKey, SegmentStore, StoredSegment } from '../ports.ts';

/** Segments in memory. `all` is for tests: every segment there ever was. */
export interface MemorySegments extends SegmentStore {
  all(): readonly StoredSegment[];
  /** The same as `waiting`, at once. */
  unsealed(): readonly EpochIndex[];
}

export function memorySegments(maxBytes = 380_000): MemorySegments {
  /** By seal, then by actor, hour and split, then by part. */
  const seals = new Map<EpochIndex, Map<string, Map<number, StoredSegment>>>();
  const waiting = new Set<EpochIndex>();
  let closedThrough: EpochIndex = -1;
  return {
    maxBytes,
    unsealed: () => [...waiting],
    all: () => [...seals.values()].flatMap((chains) => [...chains.values()].flatMap((parts) => [...parts.values()])),
    async load(actorId, epoch, split, sealEpochs) {
      return sealEpochs.flatMap((seal) => [
        ...(seals.get(seal)?.get(chainOf({ actorId, epoch, split }))?.values() ?? []),
      ]);
    },
    async save(key, bytes, expected) {
      if (bytes.length > maxBytes)
        throw new RangeError(`a segment takes at most ${maxBytes} bytes, got ${bytes.length}`);
      const chains = seals.get(key.sealEpoch) ?? new Map<string, Map<number, StoredSegment>>();
      const parts = chains.get(chainOf(key)) ?? new Map<number, StoredSegment>();
      const known = parts.get(key.part);
      if (known?.frozen || (known === undefined && key.sealEpoch <= closedThrough)) return 'closed';
      if ((known?.version ?? 0) !== expected) return 'conflict';
      parts.set(key.part, { key, bytes: bytes.slice(), version: expected + 1, frozen: false });
      chains.set(chainOf(key), parts);
      seals.set(key.sealEpoch, chains);
      waiting.add(key.sealEpoch);
      return 'saved';
    },
    async waiting() {
      return [...waiting].sort((a, b) => a - b);
    },
    async close(sealEpoch) {
      closedThrough = Math.max(closedThrough, sealEpoch);
    },
    async *freeze(sealEpoch) {
      for (const parts of seals.get(sealEpoch)?.values() ?? []) {
        for (const [part, segment] of parts) {
          const frozen = { ...segment, frozen: true };
          parts.set(part, frozen);
          yield frozen;
        }
      }
    },
    async sealed(sealEpoch) {
      waiting.delete(sealEpoch);
    },
    async forget(actorIds) {
      for (const chains of seals.values()) {
        for (const [chain, parts] of chains) {
          if ([...parts.values()].some(({ key }) => actorIds.includes(key.actorId))) chains.delete(chain);
        }
      }
    },
  };
}

function chainOf({ actorId, epoch, split }: Pick<SegmentKey, 'actorId' | 'epoch' | 'split'>): string {
  return `${epoch} ${split} ${actorId}`;
}
