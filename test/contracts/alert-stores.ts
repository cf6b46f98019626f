import type { AnomalyEvent, Decision, PipelineImpairedEvent } from '@portcullis/contract';
import type { AlertEntry, AlertStore, DecisionStore, ForgetStore } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';
import { anAnomalyEvent } from '../builders.ts';

const NOON = Date.UTC(2026, 2, 2, 12);

/** What every alert store keeps to. @param make - an empty store */
export function alertStoreContract(name: string, make: () => Promise<AlertStore>): void {
  describe(`${name} keeps the contract of an alert store`, () => {
    it('gives what waits, oldest first, up to a limit', async () => {
      const store = await make();
      await store.add([anEntry('a', 1), anEntry('b', 1)]);
      await store.add([anEntry('a', 2)]);

      expect(keys(await store.pending(10))).toEqual(['a:1', 'b:1', 'a:2']);
      expect(keys(await store.pending(2))).toEqual(['a:1', 'b:1']);
      expect((await store.pending(1))[0]).toEqual(anEntry('a', 1));
    });

    it('waits for what was not published, and for nothing else', async () => {
      const store = await make();
      await store.add([anEntry('a', 1), anEntry('b', 1), anEntry('c', 1)]);
      await store.published(['a:1', 'c:1'], NOON);
      await store.published(['a:1'], NOON + 1);
      await store.published([], NOON);

      expect(keys(await store.pending(10))).toEqual(['b:1']);
    });

    it('leaves what is there as it is, published or not', async () => {
      const store = await make();
      await store.add([anEntry('a', 1), anEntry('b', 1)]);
      await store.published(['a:1'], NOON);
      await store.add([anEntry('a', 1, { title: 'otherwise' }), anEntry('b', 1, { title: 'otherwise' })]);

      expect(keys(await store.pending(10))).toEqual(['b:1']);
      expect((await store.get('a'))[0]?.detail.data.title).toBe(anEntry('a', 1).event.detail.data.title);
      expect((await store.pending(10))[0]).toEqual(anEntry('b', 1));
    });

    it('gives all revisions of an episode, oldest first', async () => {
      const store = await make();
      await store.add([anEntry('a', 10), anEntry('b', 1), anEntry('a', 2)]);
      await store.add([anEntry('a', 1)]);

      expect((await store.get('a')).map(({ detail }) => detail.metadata.revision)).toEqual([1, 2, 10]);
      expect(await store.get('unknown')).toEqual([]);
    });

    it('lists the latest revision of each episode, latest first, since a time, up to a limit', async () => {
      const store = await make();
      await store.add([
        anEntry('old', 1, { at: NOON - 1 }),
        anEntry('a', 1, { at: NOON }),
        anEntry('b', 1, { at: NOON + 2000 }),
        anEntry('a', 2, { at: NOON + 3000 }),
        anEntry('c', 1, { at: NOON + 1000 }),
      ]);

      expect((await store.list(NOON, 10)).map(({ detail }) => detail.metadata.idempotencyKey)).toEqual([
        'a:2',
        'b:1',
        'c:1',
      ]);
      expect(await store.list(NOON, 2)).toHaveLength(2);
    });

    it('holds what emerges and what impairs the pipeline until it is published, and takes neither for an alert', async () => {
      const store = await make();
      await store.add([anEmerging('a', 1), anImpairment(), anEntry('b', 1)]);

      expect(await store.pending(10)).toEqual([anEmerging('a', 1), anImpairment(), anEntry('b', 1)]);
      expect(await store.get('a')).toEqual([]);
      expect((await store.list(0, 10)).map(({ detail }) => detail.metadata.id)).toEqual(['b']);
      await store.forget(anEntry('a', 1).event.detail.data.actor.id);
      expect(keys(await store.pending(10))).toEqual([anImpairment().key]);
    });

    it('knows which impairments last, published or not, until they are said to be over', async () => {
      const store = await make();
      await store.add([anImpairment('a'), anImpairment('b'), anEntry('c', 1)]);
      await store.published([anImpairment('a').key], NOON);
      expect((await store.lasting()).toSorted(byId)).toEqual([anImpairment('a').event, anImpairment('b').event]);

      await store.add([anImpairment('a', 2)]);
      // Told by somebody who did not know
      await store.add([anImpairment('a')]);

      expect(await store.lasting()).toEqual([anImpairment('b').event]);
      expect(keys(await store.pending(10))).toEqual([anImpairment('b').key, 'c:1', anImpairment('a', 2).key]);
    });

    it('forgets the alerts about an actor, whether they wait or not', async () => {
      const store = await make();
      await store.add([
        anEntry('a', 1, { actorId: 'mallory' }),
        anEntry('a', 2, { actorId: 'mallory' }),
        anEntry('b', 1),
      ]);
      await store.published(['a:1'], NOON);
      await store.forget('mallory');
      await store.forget('mallory');

      expect(await store.get('a')).toEqual([]);
      expect(keys(await store.pending(10))).toEqual(['b:1']);
    });

    it('takes more than fit into one request', async () => {
      const store = await make();
      const many = Array.from({ length: 130 }, (_, i) => anEntry(`e${String(i).padStart(3, '0')}`, 1));
      await store.add(many);

      expect(keys(await store.pending(1000))).toEqual(many.map(({ key }) => key));
      await store.published(
        many.map(({ key }) => key),
        NOON,
      );
      expect(await store.pending(1000)).toEqual([]);
    });
  });
}

/** What every decision store keeps to. @param make - an empty store, and its clock, which `add` reads */
export function decisionStoreContract(
  name: string,
  make: () => Promise<{ readonly store: DecisionStore; now(): number }>,
): void {
  describe(`${name} keeps the contract of a decision store`, () => {
    it('gives what was added since', async () => {
      const { store, now } = await make();
      const before = now();
      await store.add(aVerdict('a'));
      await store.add(aVerdict('b'));

      expect((await store.since(before)).toSorted(byEpisode)).toEqual([aVerdict('a'), aVerdict('b')]);
      expect(await store.since(now() + 60_000)).toEqual([]);
    });

    it('takes the same once', async () => {
      const { store, now } = await make();
      const before = now();
      await store.add(aVerdict('a'));
      await store.add({ ...aVerdict('a') });
      await store.add(aVerdict('a', 'dismissed'));

      expect(await store.since(before)).toHaveLength(2);
    });
  });
}

/** What every store of requests to forget keeps to. @param make - an empty store */
export function forgetStoreContract(name: string, make: () => Promise<ForgetStore>): void {
  describe(`${name} keeps the contract of a store of requests to forget`, () => {
    it('holds a request until it is done', async () => {
      const store = await make();
      await store.ask('a');
      await store.ask('a');
      await store.ask('b');

      expect((await store.asked()).toSorted()).toEqual(['a', 'b']);
      await store.done(['a', 'unknown']);
      await store.done(['a']);

      expect(await store.asked()).toEqual(['b']);
    });
  });
}

interface Overrides {
  readonly at?: number;
  readonly title?: string;
  readonly actorId?: string;
}

function anEntry(id: string, revision: number, { at = NOON, title, actorId }: Overrides = {}) {
  const event: AnomalyEvent = anAnomalyEvent({ id, revision, at, title, actorId });
  return { key: event.detail.metadata.idempotencyKey, event };
}

function anEmerging(id: string, revision: number): AlertEntry {
  const event = anAnomalyEvent({ id, revision });
  const key = `${id}:emerging:${revision}`;
  const metadata = { ...event.detail.metadata, idempotencyKey: key };
  return { key, event: { ...event, 'detail-type': 'Anomaly Emerging', detail: { ...event.detail, metadata } } };
}

function anImpairment(id = 'impaired', revision: 1 | 2 = 1) {
  const { baselineVersion: _, ...metadata } = anAnomalyEvent({ id, revision }).detail.metadata;
  const since = '2026-03-02T12:00:00Z';
  const until = revision === 1 ? {} : { until: '2026-03-02T13:00:00Z' };
  const told = { component: 'ingest-stream', reason: 'silence', severity: 'HIGH', since, detail: 'quiet' } as const;
  const data = { ...told, ...until };
  const event = { ...anAnomalyEvent(), 'detail-type': 'Pipeline Impaired', detail: { metadata, data } } as const;
  return { key: metadata.idempotencyKey, event };
}

function aVerdict(episode: string, verdict: 'confirmed' | 'dismissed' = 'confirmed'): Decision & { episode: string } {
  return { version: '1', kind: 'verdict', at: '2026-03-02T12:00:00Z', episode, verdict, by: 'dana', reason: 'asked' };
}

function byId(a: PipelineImpairedEvent, b: PipelineImpairedEvent): number {
  return a.detail.metadata.id < b.detail.metadata.id ? -1 : 1;
}

function keys(entries: readonly AlertEntry[]): readonly string[] {
  return entries.map(({ key }) => key);
}

function byEpisode(a: Decision, b: Decision): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
