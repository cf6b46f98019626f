import type { EpochIndex } from '@portcullis/event';
import type { SegmentKey, SegmentStore, StoredSegment } from '../ports.ts';

/** Segments in memory. `all` is for tests: every segment there ever was. */
export interface MemorySegments extends SegmentStore {
  all(): readonly StoredSegment[];
}

export function memorySegments(maxBytes = 380_000): MemorySegments {
  const segments = new Map<string, StoredSegment>();
  const waiting = new Set<EpochIndex>();
  let closedThrough: EpochIndex = -1;
  return {
    maxBytes,
    all: () => [...segments.values()],
    async load(actorId, epoch, split, sealEpochs) {
      return [...segments.values()].filter(
        ({ key }) =>
          key.actorId === actorId && key.epoch === epoch && key.split === split && sealEpochs.includes(key.sealEpoch),
      );
    },
    async save(key, bytes, expected) {
      if (bytes.length > maxBytes)
        throw new RangeError(`a segment takes at most ${maxBytes} bytes, got ${bytes.length}`);
      const id = textOf(key);
      const known = segments.get(id);
      if (known?.frozen || (known === undefined && key.sealEpoch <= closedThrough)) return 'closed';
      if ((known?.version ?? 0) !== expected) return 'conflict';
      segments.set(id, { key, bytes: bytes.slice(), version: expected + 1, frozen: false });
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
      for (const [id, segment] of segments) {
        if (segment.key.sealEpoch !== sealEpoch) continue;
        const frozen = { ...segment, frozen: true };
        segments.set(id, frozen);
        yield frozen;
      }
    },
    async sealed(sealEpoch) {
      waiting.delete(sealEpoch);
    },
  };
}

function textOf({ sealEpoch, actorId, epoch, split, part }: SegmentKey): string {
  return `${sealEpoch} ${epoch} ${split} ${part} ${actorId}`;
}
