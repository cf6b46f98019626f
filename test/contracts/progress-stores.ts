import type { LaneProgress, LeaseStore, ProgressStore, RoutingStore } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';

const NOON = Date.UTC(2026, 2, 2, 12);
const HOUR = 490_000;

/** What every progress store keeps to. @param make - an empty store */
export function progressStoreContract(name: string, make: () => Promise<ProgressStore>): void {
  describe(`${name} keeps the contract of a progress store`, () => {
    it('keeps what has come furthest, of each lane, account and region', async () => {
      const store = await make();
      const first = aLane({ eventTime: NOON, arrivedAt: NOON + 5000 });
      await store.reach([
        first,
        aLane({ lane: 'event' }),
        aLane({ account: '2'.repeat(12) }),
        aLane({ region: 'us-east-1' }),
      ]);
      await store.reach([aLane({ eventTime: NOON - 1000, arrivedAt: NOON + 9000 })]);
      await store.reach([aLane({ eventTime: NOON, arrivedAt: NOON + 9000 })]);

      const lanes = await store.lanes();

      expect(lanes).toHaveLength(4);
      expect(lanes).toContainEqual(first);
    });

    it('moves on', async () => {
      const store = await make();
      const later = aLane({ eventTime: NOON + 1, arrivedAt: NOON + 2 });
      await store.reach([aLane({})]);
      await store.reach([later]);
      await store.reach([]);

      expect(await store.lanes()).toEqual([later]);
    });

    it('remembers what came first in bulk', async () => {
      const store = await make();
      expect(await store.began()).toBeUndefined();

      await store.reach([aLane({ lane: 'event', eventTime: NOON - 2 })]);
      expect(await store.began()).toBeUndefined();
      await store.reach([
        aLane({ eventTime: NOON - 1 }),
        aLane({ region: 'us-east-1' }),
        aLane({ lane: 'event', eventTime: NOON + 1 }),
      ]);
      await store.reach([aLane({ account: '2'.repeat(12), eventTime: NOON - 5 })]);

      expect(await store.began()).toBe(NOON);
    });

    it('keeps the latest mark of each shard', async () => {
      const store = await make();
      await store.passed('a', NOON);
      await store.passed('b', NOON + 1);
      await store.passed('a', NOON - 1);
      await store.passed('b', NOON + 2);

      expect(await store.marks()).toEqual(
        new Map([
          ['a', NOON],
          ['b', NOON + 2],
        ]),
      );
    });
  });
}

/** What every routing store keeps to. @param make - an empty store */
export function routingStoreContract(name: string, make: () => Promise<RoutingStore>): void {
  describe(`${name} keeps the contract of a routing store`, () => {
    it('decides an hour once, whatever is told after', async () => {
      const store = await make();
      await store.tell(HOUR, { hot: 9000 });

      expect(await store.of(HOUR, (rates) => ({ hot: (rates.hot ?? 0) / 1000 }))).toEqual({ hot: 9 });
      await store.tell(HOUR, { hot: 20_000 });

      expect(await store.of(HOUR, () => ({ other: 2 }))).toEqual({ hot: 9 });
    });

    it('hands the highest rates of this hour and the two before it to who decides', async () => {
      const store = await make();
      await store.tell(HOUR - 3, { cold: 99 });
      await store.tell(HOUR - 2, { a: 5, b: 1 });
      await store.tell(HOUR - 1, { a: 3 });
      await store.tell(HOUR - 1, { a: 2, 'b#/c': 7 });
      await store.tell(HOUR, { d: 1 });
      await store.tell(HOUR + 1, { later: 1 });

      expect(await store.of(HOUR, (rates) => rates)).toEqual({ a: 5, b: 1, 'b#/c': 7, d: 1 });
    });

    it('gives all who decide at once the same', async () => {
      const store = await make();

      const told = await Promise.all(Array.from({ length: 8 }, (_, i) => store.of(HOUR, () => ({ a: i + 2 }))));

      expect(new Set(told.map(({ a }) => a)).size).toBe(1);
    });

    it('decides for nobody', async () => {
      const store = await make();

      expect(await store.of(HOUR, (rates) => rates)).toEqual({});
      expect(await store.of(HOUR, () => ({ a: 2 }))).toEqual({});
    });
  });
}

/** What every lease store keeps to. @param make - an empty store */
export function leaseStoreContract(name: string, make: () => Promise<LeaseStore>): void {
  describe(`${name} keeps the contract of a lease store`, () => {
    it('lets one hold it until it runs out or is let go', async () => {
      const store = await make();

      expect(await store.acquire('seal', 'a', NOON, 1000)).toBe(true);
      expect(await store.acquire('seal', 'b', NOON + 999, 1000)).toBe(false);
      expect(await store.acquire('other', 'b', NOON, 1000)).toBe(true);
      expect(await store.acquire('seal', 'b', NOON + 1000, 1000)).toBe(true);
      await store.release('seal', 'a');
      expect(await store.acquire('seal', 'a', NOON + 1001, 1000)).toBe(false);
      await store.release('seal', 'b');
      await store.release('seal', 'b');
      expect(await store.acquire('seal', 'a', NOON + 1001, 1000)).toBe(true);
    });

    it('lets the holder renew it', async () => {
      const store = await make();
      await store.acquire('seal', 'a', NOON, 1000);

      expect(await store.acquire('seal', 'a', NOON + 500, 1000)).toBe(true);
      expect(await store.acquire('seal', 'b', NOON + 1200, 1000)).toBe(false);
    });

    it('lets one of many have it', async () => {
      const store = await make();

      const held = await Promise.all(Array.from({ length: 8 }, (_, i) => store.acquire('seal', `h${i}`, NOON, 1000)));

      expect(held.filter((it) => it)).toHaveLength(1);
    });
  });
}

function aLane(overrides: Partial<LaneProgress>): LaneProgress {
  return {
    lane: 'stream',
    account: '123456789012',
    region: 'eu-west-1',
    eventTime: NOON,
    arrivedAt: NOON + 60_000,
    ...overrides,
  };
}
