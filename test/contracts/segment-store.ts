import type { SegmentKey, SegmentStore, StoredSegment } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';

const HOUR = 490_000;

/** What every segment store keeps to. @param make - an empty store */
export function segmentStoreContract(name: string, make: () => Promise<SegmentStore>): void {
  describe(`${name} keeps the contract of a segment store`, () => {
    it('creates a segment, replaces the version that it is told, and counts versions', async () => {
      const store = await make();

      expect(await store.save(aKey(), bytes('one'), 0)).toBe('saved');
      expect(await store.save(aKey(), bytes('two'), 1)).toBe('saved');

      expect(await loaded(store)).toEqual(['two v2']);
    });

    it.each([
      { expected: 0, why: 'somebody created it' },
      { expected: 1, why: 'somebody wrote it since' },
      { expected: 3, why: 'never was' },
    ])('refuses to replace version $expected of 2 ($why)', async ({ expected }) => {
      const store = await make();
      await store.save(aKey(), bytes('one'), 0);
      await store.save(aKey(), bytes('two'), 1);

      expect(await store.save(aKey(), bytes('mine'), expected)).toBe('conflict');
      expect(await loaded(store)).toEqual(['two v2']);
    });

    it('refuses a version of what is not there', async () => {
      expect(await (await make()).save(aKey(), bytes('one'), 1)).toBe('conflict');
    });

    it('lets one of many win', async () => {
      const store = await make();

      const saved = await Promise.all(Array.from({ length: 8 }, (_, i) => store.save(aKey(), bytes(`writer ${i}`), 0)));

      expect(saved.filter((answer) => answer === 'saved')).toHaveLength(1);
    });

    it('loads all parts of an actor’s hour on one split from the seals asked for, and nothing else', async () => {
      const store = await make();
      const mine = [aKey(), aKey({ part: 1 }), aKey({ sealEpoch: HOUR + 2 })];
      const others = [
        aKey({ sealEpoch: HOUR + 1 }),
        aKey({ split: 1 }),
        aKey({ actorId: 'other' }),
        aKey({ epoch: HOUR - 1 }),
      ];
      for (const key of [...mine, ...others]) await store.save(key, bytes('x'), 0);

      const found = await store.load('actor', HOUR, 0, [HOUR, HOUR + 2]);

      expect(found.map(({ key }) => key).sort(byPlace)).toEqual(mine);
      expect(found.every(({ version, frozen }) => version === 1 && !frozen)).toBe(true);
    });

    it('tells which seals wait, ascending, until they are sealed', async () => {
      const store = await make();
      for (const sealEpoch of [HOUR + 2, HOUR, HOUR + 1]) await store.save(aKey({ sealEpoch }), bytes('x'), 0);

      expect(await store.waiting()).toEqual([HOUR, HOUR + 1, HOUR + 2]);
      await store.close(HOUR);
      expect(await store.waiting()).toEqual([HOUR, HOUR + 1, HOUR + 2]);
      await store.sealed(HOUR);
      await store.sealed(HOUR);

      expect(await store.waiting()).toEqual([HOUR + 1, HOUR + 2]);
    });

    it.each([
      { sealEpoch: HOUR, answer: 'closed', why: 'closed itself' },
      { sealEpoch: HOUR - 1, answer: 'closed', why: 'before the closed one, though nobody ever wrote to it' },
      { sealEpoch: HOUR - 700, answer: 'closed', why: 'long before' },
      { sealEpoch: HOUR + 1, answer: 'saved', why: 'still open' },
    ])('$why: a new segment is $answer', async ({ sealEpoch, answer }) => {
      const store = await make();
      await store.close(HOUR);
      await store.close(HOUR);
      await store.close(HOUR - 3);

      expect(await store.save(aKey({ sealEpoch, split: 3 }), bytes('x'), 0)).toBe(answer);
    });

    it('lets what is there be written until it is frozen', async () => {
      const store = await make();
      await store.save(aKey(), bytes('one'), 0);
      await store.close(HOUR);

      expect(await store.save(aKey(), bytes('two'), 1)).toBe('saved');
      expect((await frozen(store, HOUR)).map(textOf)).toEqual(['two v2']);
      expect(await store.save(aKey(), bytes('three'), 2)).toBe('closed');
      expect(await store.save(aKey(), bytes('three'), 1)).toBe('closed');

      expect((await store.load('actor', HOUR, 0, [HOUR])).map((one) => one.frozen)).toEqual([true]);
      expect(await loaded(store)).toEqual(['two v2']);
    });

    it('freezes all of a seal, gives the same again, and leaves other seals alone', async () => {
      const store = await make();
      const keys = Array.from({ length: 60 }, (_, i) => aKey({ actorId: `actor ${i % 20}`, part: Math.floor(i / 20) }));
      for (const key of keys) await store.save(key, bytes('x'), 0);
      await store.save(aKey({ sealEpoch: HOUR + 1 }), bytes('later'), 0);
      await store.close(HOUR);

      const once = await frozen(store, HOUR);
      const again = await frozen(store, HOUR);

      expect(once.map(({ key }) => key).sort(byPlace)).toEqual(keys.toSorted(byPlace));
      expect(again.sort(byKey)).toEqual(once.sort(byKey));
      expect(await store.save(aKey({ sealEpoch: HOUR + 1 }), bytes('later'), 1)).toBe('saved');
    });

    it('keeps sealed segments readable', async () => {
      const store = await make();
      await store.save(aKey(), bytes('one'), 0);
      await store.close(HOUR);
      await frozen(store, HOUR);
      await store.sealed(HOUR);

      expect(await loaded(store)).toEqual(['one v1']);
    });

    it('takes a segment of the greatest size, and any bytes', async () => {
      const store = await make();
      const large = new Uint8Array(store.maxBytes).map((_, i) => (i * 31) % 256);

      expect(await store.save(aKey(), large, 0)).toBe('saved');

      expect((await store.load('actor', HOUR, 0, [HOUR]))[0]?.bytes).toEqual(large);
    });

    it('forgets an actor, in hours that are open, frozen and sealed', async () => {
      const store = await make();
      const mine = [aKey(), aKey({ part: 1 }), aKey({ sealEpoch: HOUR + 1, epoch: HOUR + 1 })];
      const other = aKey({ actorId: 'actor/via/s3.amazonaws.com' });
      for (const key of [...mine, other]) await store.save(key, bytes('one'), 0);
      await store.close(HOUR);
      await frozen(store, HOUR);
      await store.sealed(HOUR);

      for (let times = 0; times < 2; times++) await store.forget(['actor']);

      expect(await loaded(store)).toEqual([]);
      expect(await store.load('actor', HOUR + 1, 0, [HOUR + 1])).toEqual([]);
      expect(await store.load(other.actorId, HOUR, 0, [HOUR])).toHaveLength(1);
      expect(await store.save(aKey({ sealEpoch: HOUR + 1, epoch: HOUR + 1 }), bytes('two'), 0)).toBe('saved');
    });

    it('refuses a larger one', async () => {
      const store = await make();

      await expect(store.save(aKey(), new Uint8Array(store.maxBytes + 1), 0)).rejects.toThrow(RangeError);
    });

    it('keeps bytes of its own', async () => {
      const store = await make();
      const given = bytes('one');
      await store.save(aKey(), given, 0);
      given.fill(0);

      expect(await loaded(store)).toEqual(['one v1']);
    });

    it.each(['123456789012/role/AROA#1', 'unknown/account/ü 💡', '#', 'a/via/b c:d|e'])(
      'takes actor %s',
      async (actorId) => {
        const store = await make();
        await store.save(aKey({ actorId }), bytes('one'), 0);
        await store.close(HOUR);

        expect((await store.load(actorId, HOUR, 0, [HOUR])).map(({ key }) => key)).toEqual([aKey({ actorId })]);
        expect((await frozen(store, HOUR)).map(({ key }) => key)).toEqual([aKey({ actorId })]);
      },
    );
  });
}

function aKey(overrides: Partial<SegmentKey> = {}): SegmentKey {
  return { sealEpoch: HOUR, actorId: 'actor', epoch: HOUR, split: 0, part: 0, ...overrides };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function loaded(store: SegmentStore): Promise<readonly string[]> {
  return (await store.load('actor', HOUR, 0, [HOUR])).map(textOf);
}

async function frozen(store: SegmentStore, sealEpoch: number): Promise<StoredSegment[]> {
  const segments = await Array.fromAsync(store.freeze(sealEpoch));
  expect(segments.every((segment) => segment.frozen)).toBe(true);
  return segments;
}

function textOf({ bytes: stored, version }: StoredSegment): string {
  return `${new TextDecoder().decode(stored)} v${version}`;
}

function byKey(a: StoredSegment, b: StoredSegment): number {
  return byPlace(a.key, b.key);
}

function byPlace(a: SegmentKey, b: SegmentKey): number {
  const [x, y] = [a, b].map((key) => [key.sealEpoch, key.epoch, key.actorId, key.split, key.part].join(' '));
  return (x ?? '') < (y ?? '') ? -1 : 1;
}
