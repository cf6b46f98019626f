import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHashes } from '../event-hashes.ts';
import { decodeSegment, encodeSegment, segmentBytes } from './segment-codec.ts';

describe('a segment as bytes', () => {
  it('comes back as it was', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 1 }), fc.integer()), { maxLength: 50 });
    fc.assert(
      fc.property(some, fc.uint8Array({ maxLength: 90 }), fc.boolean(), (added, delta, full) => {
        const hashes = new EventHashes();
        for (const [low, high] of added) hashes.add(low | 0, high | 0);

        const bytes = encodeSegment({ full, hashes, delta });
        const back = decodeSegment(bytes);

        expect(bytes).toHaveLength(segmentBytes({ hashes, delta }));
        expect({ ...back, delta: [...back.delta], hashes: listed(back.hashes) }).toEqual({
          full,
          delta: [...delta],
          hashes: listed(hashes),
        });
      }),
    );
  });

  it.each([
    { bytes: [1, 0, 0], message: 'cut', why: 'the head is missing' },
    { bytes: [1, 0, 0, 0, 0, 2, 1, 2, 3], message: 'cut', why: 'hashes are missing' },
    { bytes: [7, 0, 0, 0, 0, 0], message: 'segment version 7', why: 'of a later release' },
  ])('is refused when $why', ({ bytes, message }) => {
    expect(() => decodeSegment(new Uint8Array(bytes))).toThrow(message);
  });
});

function listed(hashes: EventHashes): readonly string[] {
  const all: string[] = [];
  hashes.forEach((low, high) => {
    all.push(`${low} ${high}`);
  });
  return all.sort();
}
