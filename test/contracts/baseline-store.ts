import type { BaselineStore, StoredBaseline } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';

const LATEST = Number.POSITIVE_INFINITY;

/** What every baseline store keeps to. @param make - an empty store */
export function baselineStoreContract(name: string, make: () => Promise<BaselineStore>): void {
  describe(`${name} keeps the contract of a baseline store`, () => {
    it('knows nobody at first', async () => {
      expect(await (await make()).load(['a', 'b'], LATEST)).toEqual(new Map());
    });

    it('gives back what it was given, of those asked for', async () => {
      const store = await make();
      const one = aBaseline('a', 10, 'one');
      const two = { ...aBaseline('b', 10, 'two'), known: undefined };
      await store.save([one, two, aBaseline('c', 10, 'three')]);

      expect(await store.load(['a', 'b', 'd'], LATEST)).toEqual(
        new Map([
          ['a', one],
          ['b', two],
        ]),
      );
    });

    it('takes and gives more than fit into one request', async () => {
      const store = await make();
      const many = Array.from({ length: 230 }, (_, i) => aBaseline(`actor ${i}`, 10, `bytes ${i}`));
      await store.save(many);

      const found = await store.load(
        many.map(({ actorId }) => actorId),
        LATEST,
      );

      expect(found).toEqual(new Map(many.map((baseline) => [baseline.actorId, baseline])));
    });

    it('takes what it gets twice in one call, and nothing at all', async () => {
      const store = await make();
      await store.save([]);
      await store.save([aBaseline('a', 10, 'one')]);

      expect((await store.load(['a', 'a'], LATEST)).size).toBe(1);
      expect((await store.load([], LATEST)).size).toBe(0);
    });

    it.each([
      { before: 10, text: undefined, why: 'was unknown then' },
      { before: 11, text: 'one', why: 'after the first seal' },
      { before: 20, text: 'one', why: 'until the second wrote' },
      { before: 21, text: 'two', why: 'after the second' },
      { before: LATEST, text: 'two', why: 'latest' },
    ])('before seal $before: $text ($why)', async ({ before, text }) => {
      const store = await make();
      await store.save([aBaseline('a', 10, 'one')]);
      await store.save([aBaseline('a', 20, 'two')]);

      expect(textOf((await store.load(['a'], before)).get('a'))).toBe(text);
    });

    it('keeps the two latest: older ones are an error, not an unknown actor', async () => {
      const store = await make();
      for (const seal of [10, 20, 30]) await store.save([aBaseline('a', seal, `of ${seal}`)]);

      expect(textOf((await store.load(['a'], 30)).get('a'))).toBe('of 20');
      await expect(store.load(['a'], 20)).rejects.toThrow();
    });

    it('replaces what the same seal wrote, and leaves what was before it', async () => {
      const store = await make();
      await store.save([aBaseline('a', 10, 'one')]);
      await store.save([aBaseline('a', 20, 'half')]);
      await store.save([aBaseline('a', 20, 'two')]);

      expect(textOf((await store.load(['a'], 20)).get('a'))).toBe('one');
      expect(textOf((await store.load(['a'], LATEST)).get('a'))).toBe('two');
    });

    it('ignores a write of an earlier seal', async () => {
      const store = await make();
      await store.save([aBaseline('a', 10, 'one')]);
      await store.save([aBaseline('a', 20, 'two')]);
      await store.save([aBaseline('a', 10, 'stale')]);
      await store.save([aBaseline('a', 15, 'stale'), aBaseline('b', 15, 'new')]);

      expect(textOf((await store.load(['a'], 20)).get('a'))).toBe('one');
      expect(textOf((await store.load(['a'], LATEST)).get('a'))).toBe('two');
      expect(textOf((await store.load(['b'], LATEST)).get('b'))).toBe('new');
    });

    it('forgets all versions, and starts anew after', async () => {
      const store = await make();
      for (const seal of [10, 20, 30])
        await store.save([aBaseline('a', seal, `of ${seal}`), aBaseline('b', seal, 'b')]);
      await store.forget(['a', 'unknown']);
      await store.forget(['a']);

      expect([...(await store.load(['a', 'b'], LATEST)).keys()]).toEqual(['b']);
      await store.save([aBaseline('a', 40, 'new')]);
      expect((await store.load(['a'], 40)).size).toBe(0);
      expect(textOf((await store.load(['a'], LATEST)).get('a'))).toBe('new');
    });

    it('keeps bytes of its own, and any of them', async () => {
      const store = await make();
      const bytes = new Uint8Array(8192).map((_, i) => (i * 7) % 256);
      await store.save([{ ...aBaseline('a', 1, ''), bytes }]);
      const kept = bytes.slice();
      bytes.fill(1);

      expect((await store.load(['a'], LATEST)).get('a')?.bytes).toEqual(kept);
    });
  });
}

function aBaseline(actorId: string, sealEpoch: number, text: string): StoredBaseline {
  const known = { kind: 'role', name: actorId, arn: `arn:aws:iam::123456789012:role/${actorId}` } as const;
  return { actorId, bytes: new TextEncoder().encode(text), known, sealEpoch };
}

function textOf(baseline: StoredBaseline | undefined): string | undefined {
  return baseline && new TextDecoder().decode(baseline.bytes);
}
