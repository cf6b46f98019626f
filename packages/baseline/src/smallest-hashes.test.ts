import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SmallestHashes } from './smallest-hashes.ts';

it('keeps the same entries, with the same counts, in any order of arrival', () => {
  const counted = (hashes: readonly number[]) => {
    const map = new SmallestHashes<{ count: number }>(5);
    for (const hash of hashes) {
      const entry = map.at(hash, () => ({ count: 0 }));
      if (entry !== undefined) entry.count += 1;
    }
    return map.entries();
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 80 }), (hashes) => {
      const exact = [...Map.groupBy(hashes, (hash) => hash)]
        .map(([hash, all]) => [hash, { count: all.length }])
        .sort(([a], [b]) => Number(a) - Number(b))
        .slice(0, 5);

      expect(counted(hashes)).toEqual(exact);
      expect(counted(hashes.toReversed())).toEqual(exact);
    }),
  );
});
