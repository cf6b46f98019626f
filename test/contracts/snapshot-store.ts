import type { SnapshotStore } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';

/** What every snapshot store keeps to. @param make - an empty store */
export function snapshotStoreContract(name: string, make: () => Promise<SnapshotStore>): void {
  describe(`${name} keeps the contract of a snapshot store`, () => {
    it('points nowhere at first', async () => {
      expect(await (await make()).pointer()).toBeUndefined();
    });

    it('saves without pointing, then points', async () => {
      const store = await make();
      await store.save(1, bytes('one'));
      expect(await store.pointer()).toBeUndefined();

      expect(await store.advance({ version: 1, sealedThrough: 500 })).toBe(true);

      expect(await store.pointer()).toEqual({ version: 1, sealedThrough: 500 });
      expect(await store.load(1)).toEqual(bytes('one'));
    });

    it.each([
      { version: 1, why: 'somebody else sealed' },
      { version: 3, why: 'one is missing' },
    ])('does not move from 1 to $version ($why)', async ({ version }) => {
      const store = await make();
      await store.advance({ version: 1, sealedThrough: 500 });

      expect(await store.advance({ version, sealedThrough: 501 })).toBe(false);
      expect(await store.pointer()).toEqual({ version: 1, sealedThrough: 500 });
    });

    it('does not begin with 2', async () => {
      expect(await (await make()).advance({ version: 2, sealedThrough: 500 })).toBe(false);
    });

    it('lets one of many move on', async () => {
      const store = await make();

      const moved = await Promise.all(
        Array.from({ length: 8 }, (_, i) => store.advance({ version: 1, sealedThrough: 500 + i })),
      );

      expect(moved.filter((it) => it)).toHaveLength(1);
    });

    it('keeps the snapshot before', async () => {
      const store = await make();
      for (const version of [1, 2]) {
        await store.save(version, bytes(`of ${version}`));
        await store.advance({ version, sealedThrough: 500 + version });
      }

      expect(await store.load(1)).toEqual(bytes('of 1'));
      expect(await store.load(2)).toEqual(bytes('of 2'));
    });

    it('fails for a snapshot that is not there', async () => {
      await expect((await make()).load(7)).rejects.toThrow();
    });

    it('keeps the inputs that were told first, for each version', async () => {
      const store = await make();

      expect(await store.begin(1, bytes('first'))).toEqual(bytes('first'));
      expect(await store.begin(1, bytes('second'))).toEqual(bytes('first'));
      expect(await store.begin(2, bytes('other'))).toEqual(bytes('other'));
    });

    it('gives all who begin at once the same', async () => {
      const store = await make();

      const told = await Promise.all(Array.from({ length: 8 }, (_, i) => store.begin(1, bytes(`by ${i}`))));

      expect(new Set(told.map(String)).size).toBe(1);
    });

    it('takes a snapshot of megabytes', async () => {
      const store = await make();
      const large = new Uint8Array(3_000_000).map((_, i) => (i * 13) % 251);
      await store.save(1, large);
      await store.save(1, large);

      expect(Buffer.compare(await store.load(1), large)).toBe(0);
    });
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
