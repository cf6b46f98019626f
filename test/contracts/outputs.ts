import type { PortcullisEvent } from '@portcullis/contract';
import { epochOf } from '@portcullis/event';
import type {
  ActivityRecord,
  ActivityStream,
  AlertSink,
  EvidenceStore,
  Increment,
  IncrementQueue,
  RejectedRecord,
  RejectStore,
} from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, anActor, anAnomalyEvent } from '../builders.ts';

const NOON = Date.UTC(2026, 2, 2, 12);

/** A stream, and what can be read from its shards, in order. */
export interface StreamUnderTest {
  readonly stream: ActivityStream;
  read(): Promise<ReadonlyMap<string, readonly ActivityRecord[]>>;
}

/** What every activity stream keeps to. @param make - an empty stream of at least two shards */
export function activityStreamContract(name: string, make: () => Promise<StreamUnderTest>): void {
  describe(`${name} keeps the contract of an activity stream`, () => {
    it('keeps the order of a key, in one shard', async () => {
      const { stream, read } = await make();
      const records = Array.from({ length: 40 }, (_, i) => aRecord(`actor ${i % 7}`, i));

      expect(await stream.put(records.slice(0, 25))).toEqual([]);
      expect(await stream.put(records.slice(25))).toEqual([]);

      const shards = [...(await read()).values()];
      expect(shards.flat()).toHaveLength(40);
      for (let actor = 0; actor < 7; actor++) {
        const holding = shards
          .map((shard) => shard.filter(({ key }) => key === `actor ${actor}`))
          .filter((it) => it.length);
        expect(holding).toEqual([records.filter((_, i) => i % 7 === actor)]);
      }
    });

    it('spreads keys', async () => {
      const { stream, read } = await make();
      await stream.put(Array.from({ length: 64 }, (_, i) => aRecord(`actor ${i}`, i)));

      expect([...(await read()).values()].filter((shard) => shard.length > 0).length).toBeGreaterThan(1);
    });

    it('takes more than fit into one request', async () => {
      const { stream, read } = await make();

      expect(await stream.put(Array.from({ length: 1203 }, (_, i) => aRecord(`actor ${i % 50}`, i)))).toEqual([]);
      expect(await stream.put([])).toEqual([]);

      expect([...(await read()).values()].flat()).toHaveLength(1203);
    });

    it('puts a mark into each open shard, behind what is there', async () => {
      const { stream, read } = await make();
      await stream.put(Array.from({ length: 32 }, (_, i) => aRecord(`actor ${i}`, i)));

      const marked = await stream.mark(bytes('mark'));

      const shards = await read();
      expect(marked.toSorted()).toEqual([...shards.keys()].sort());
      for (const shard of shards.values()) expect(shard.at(-1)?.data).toEqual(bytes('mark'));
      expect([...shards.values()].flat()).toHaveLength(32 + marked.length);
    });

    it('takes a record of the greatest size', async () => {
      const { stream, read } = await make();
      const data = new Uint8Array(stream.maxRecordBytes).map((_, i) => (i * 31) % 256);
      await stream.put([{ key: 'large', data }]);

      expect(Buffer.compare([...(await read()).values()].flat()[0]?.data ?? bytes(''), data)).toBe(0);
    });

    it('refuses a larger one, and takes nothing of that call', async () => {
      const { stream, read } = await make();
      const large = { key: 'large', data: new Uint8Array(stream.maxRecordBytes + 1) };

      await expect(stream.put([aRecord('small', 1), large])).rejects.toThrow(RangeError);
      expect([...(await read()).values()].flat()).toEqual([]);
    });
  });
}

/** What every sink keeps to. @param make - a sink, and what subscribers got */
export function alertSinkContract(
  name: string,
  make: () => Promise<{ readonly sink: AlertSink; received(): Promise<readonly PortcullisEvent[]> }>,
): void {
  describe(`${name} keeps the contract of a sink`, () => {
    it('publishes all, more than fit into one request too', async () => {
      const { sink, received } = await make();
      const events = Array.from({ length: 23 }, (_, i) => anAnomalyEvent({ id: `e${i}` }));

      expect(await sink.publish(events)).toEqual(new Map());
      expect(await sink.publish([])).toEqual(new Map());

      const keys = (await received()).map(({ detail }) => detail.metadata.idempotencyKey);
      expect(keys.sort()).toEqual(events.map(({ detail }) => detail.metadata.idempotencyKey).sort());
    });

    it('hands over what it was given', async () => {
      const { sink, received } = await make();
      const event = anAnomalyEvent({ id: 'a', title: 'ü 💡 "quoted"' });
      await sink.publish([event]);

      const [got] = await received();
      expect(got?.detail).toEqual(event.detail);
      expect([got?.source, got?.['detail-type'], got?.resources]).toEqual([
        event.source,
        event['detail-type'],
        event.resources,
      ]);
    });
  });
}

/** What every evidence store keeps to. @param make - an empty store */
export function evidenceStoreContract(name: string, make: () => Promise<EvidenceStore>): void {
  describe(`${name} keeps the contract of an evidence store`, () => {
    const actor = anActor();
    const at = (minutes: number, id: string, account = actor.account) =>
      anActivityEvent({ id, account, actor, time: NOON + minutes * 60_000 });

    it('gives each event once, by time then id, within the times and the account', async () => {
      const store = await make();
      const events = [
        at(3, 'c'),
        at(1, 'b'),
        at(1, 'a'),
        at(70, 'd'),
        at(2, 'x', '9'.repeat(12)),
        at(-1, 'e'),
        at(90, 'f'),
      ];
      for (const event of events) await store.put(actor.id, epochOf(event.time), [event]);
      await store.put(actor.id, epochOf(NOON), [at(1, 'b'), at(4, 'g')]);
      await store.put(actor.id, epochOf(NOON), []);
      await store.put('other', epochOf(NOON), [at(1, 'z')]);

      const read = await store.read(actor.account, actor.id, NOON, NOON + 90 * 60_000);

      expect(read.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'g', 'd']);
    });

    it('gives back the whole event', async () => {
      const store = await make();
      const event = anActivityEvent({
        actor,
        time: NOON,
        resources: ['arn:aws:s3:::ü'],
        sessionName: 'dana',
        mfa: true,
      });
      await store.put(actor.id, epochOf(NOON), [event]);

      expect(await store.read(actor.account, actor.id, NOON, NOON + 1)).toEqual([event]);
    });

    it('gives what all actors of an account did from a time on, each event once', async () => {
      const store = await make();
      const earlier = at(-61, 'early');
      await store.put(actor.id, epochOf(earlier.time), [earlier]);
      await store.put(actor.id, epochOf(NOON), [at(1, 'a'), at(3, 'c'), at(2, 'x', '9'.repeat(12))]);
      await store.put(actor.id, epochOf(NOON), [at(3, 'c')]);
      await store.put('other/role', epochOf(NOON), [at(2, 'b')]);
      await store.put('other/role', epochOf(NOON) + 5, [at(300, 'd')]);

      expect((await store.since(actor.account, NOON + 2 * 60_000)).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
      expect((await store.since(actor.account, NOON - 90 * 60_000)).map(({ id }) => id)).toEqual([
        'early',
        'a',
        'b',
        'c',
        'd',
      ]);
    });

    it('forgets an actor in an account', async () => {
      const store = await make();
      await store.put(actor.id, epochOf(NOON), [at(1, 'a'), at(2, 'b', '9'.repeat(12))]);
      await store.put('other', epochOf(NOON), [at(1, 'z')]);
      await store.forget(actor.account, actor.id);
      await store.forget(actor.account, actor.id);

      const end = NOON + 90 * 60_000;
      expect(await store.read(actor.account, actor.id, NOON, end)).toEqual([]);
      expect(await store.read('9'.repeat(12), actor.id, NOON, end)).toHaveLength(1);
      expect(await store.read(actor.account, 'other', NOON, end)).toHaveLength(1);
    });
  });
}

/** What every reject store keeps to. @param make - an empty store, and what it keeps */
export function rejectStoreContract(
  name: string,
  make: () => Promise<{ readonly store: RejectStore; kept(): Promise<readonly RejectedRecord[]> }>,
): void {
  describe(`${name} keeps the contract of a reject store`, () => {
    it('keeps each record once, by origin and position', async () => {
      const { store, kept } = await make();
      const records = [
        aReject('shard-1/7', 'Records[0]'),
        aReject('shard-1/7', 'Records[1]'),
        aReject('bucket/key', ''),
      ];
      await store.put(records);
      await store.put(records.slice(1));
      await store.put([]);

      const found = (await kept()).toSorted((a, b) => (a.origin + a.position < b.origin + b.position ? -1 : 1));
      expect(found).toEqual([records[2], records[0], records[1]]);
    });
  });
}

/** What every queue of increments keeps to. @param make - an empty queue, and what came out of it */
export function incrementQueueContract(
  name: string,
  make: () => Promise<{ readonly queue: IncrementQueue; received(): Promise<readonly Increment[]> }>,
): void {
  describe(`${name} keeps the contract of a queue of increments`, () => {
    it('hands over all, those of one account in order', async () => {
      const { queue, received } = await make();
      const sent = Array.from({ length: 14 }, (_, i) => anIncrement(String((i % 2) + 1).repeat(12), `increment ${i}`));
      await queue.send(sent);
      await queue.send([]);

      const got = await received();
      for (const account of ['1'.repeat(12), '2'.repeat(12)]) {
        const of = (all: readonly Increment[]) => all.filter((one) => one.account === account);
        expect(of(got)).toEqual(of(sent));
      }
    });
  });
}

function aRecord(key: string, serial: number): ActivityRecord {
  return { key, data: bytes(`record ${serial}`) };
}

function aReject(origin: string, position: string): RejectedRecord {
  return { origin, position, reason: 'not-json', message: 'expected JSON', record: '{"cut' };
}

function anIncrement(account: string, data: string): Increment {
  return { account, actorId: `${account}/role/AROA`, epoch: epochOf(NOON), data };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
