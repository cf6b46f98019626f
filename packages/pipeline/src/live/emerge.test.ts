import type { AnomalyEvent, Decision } from '@portcullis/contract';
import { type ActivityEvent, EPOCH_MS, epochOf, epochStart, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anAnomalyEvent, MONDAY } from '../../../../test/builders.ts';
import { sealEpoch } from '../seal-epoch.ts';
import { encodeState } from '../state-codec.ts';
import {
  actors,
  anAccountAtWork,
  CONTEXT,
  deltasOf,
  NIGHT,
  SETTINGS,
  steadyHour,
  theft,
} from '../testing/account-at-work.ts';
import { encodeActivity } from './activity-codec.ts';
import { boundedChains } from './chain-cache.ts';
import { emerge, judgeGrown, nothingKnown } from './emerge.ts';
import { installState } from './install-state.ts';
import { liveSettings } from './live-settings.ts';
import { observeBatch } from './observe-batch.ts';
import type { Increment } from './ports.ts';
import { memoryPorts } from './twins/index.ts';

const settings = liveSettings(SETTINGS);
const [thief, colleague] = actors;
const learned = anAccountAtWork();

/** A live lane that took up two weeks of steady work, and one warm container of it. */
async function aLane(start = true) {
  const ports = memoryPorts();
  if (start) await installState(learned, ports);
  const context = { settings, cache: boundedChains(), known: nothingKnown() };
  let sequence = 0;
  const count = async (events: readonly ActivityEvent[]) => {
    const records = [...Map.groupBy(events, ({ actor, time }) => `${actor.id} ${epochOf(time)}`).values()].map(
      (some) => ({
        shardId: 'shard',
        sequence: String(sequence++),
        data: encodeActivity({ kind: 'events', epoch: epochOf(some[0]?.time ?? 0), split: 0, splits: 1, events: some }),
      }),
    );
    return (await observeBatch(records, ports, context)).grown;
  };
  return {
    ports,
    context,
    count,
    judge: async (events: readonly ActivityEvent[]) => judgeGrown(await count(events), ports, context),
  };
}

function told({ data }: Increment): AnomalyEvent {
  return JSON.parse(data);
}

describe('judgeGrown', () => {
  it('says of an open hour what its seal will say', async () => {
    const [sealed] = sealEpoch(anAccountAtWork(), NIGHT, deltasOf(theft()), CONTEXT);
    const { judge, ports } = await aLane();

    const increments = await judge(theft());

    expect(increments).toMatchObject([{ account: thief?.account, actorId: thief?.id, epoch: NIGHT }]);
    expect(ports.increments.sent()).toEqual(increments);
    const early = increments.map(told)[0]?.detail;
    expect(early?.metadata.id).toBe(sealed?.detail.metadata.id);
    expect(early?.metadata.mode).toBe('live');
    expect(early?.data).toMatchObject({ risk: sealed?.detail.data.risk, evidence: sealed?.detail.data.evidence });
  });

  it('says more as more of it comes', async () => {
    const { judge } = await aLane();
    const [list, ...rest] = theft();
    const first = await judge(list === undefined ? [] : [list]);
    const then = await judge(rest);

    expect(then.map(told)[0]?.detail.data.risk ?? 0).toBeGreaterThan(first.map(told)[0]?.detail.data.risk ?? 0);
  });

  it.each([
    { events: actors.flatMap((actor) => steadyHour(actor, NIGHT)), start: true, why: 'what is usual' },
    { events: theft(NIGHT - 4), start: true, why: 'an hour that is sealed: the next seal has it' },
    { events: theft(), start: false, why: 'anything before the first seal' },
  ])('says nothing of $why', async ({ events, start }) => {
    const { judge, ports } = await aLane(start);

    expect(await judge(events)).toEqual([]);
    expect(ports.increments.sent()).toEqual([]);
  });

  it('changes nothing that is known: the next batch is judged alike', async () => {
    const { context, count, ports } = await aLane();
    const grown = await count(theft());
    const first = await judgeGrown(grown, ports, context);
    const state = context.known.state && encodeState(context.known.state);
    const again = await judgeGrown(grown, ports, context);

    expect(again).toEqual(first);
    expect(context.known.state && encodeState(context.known.state)).toEqual(state);
  });

  it('reads what is known once, and anew after a seal', async () => {
    const { judge, ports } = await aLane();
    const reads = { snapshots: 0, baselines: [] as string[] };
    const { snapshots, baselines } = ports;
    const loadSnapshot = snapshots.load.bind(snapshots);
    const loadBaselines = baselines.load.bind(baselines);
    snapshots.load = (version) => {
      reads.snapshots += 1;
      return loadSnapshot(version);
    };
    baselines.load = (ids, before) => {
      reads.baselines.push(...ids);
      return loadBaselines(ids, before);
    };
    for (const events of [theft(), theft(NIGHT + 1), colleague ? steadyHour(colleague, NIGHT) : []])
      await judge(events);
    expect(reads).toEqual({ snapshots: 1, baselines: [thief?.id, colleague?.id] });

    await snapshots.save(2, await loadSnapshot(1));
    await snapshots.advance({ sealedThrough: NIGHT, version: 2 });
    await judge(theft(NIGHT + 2));

    expect(reads).toEqual({ snapshots: 2, baselines: [thief?.id, colleague?.id, thief?.id] });
  });

  it('tells nothing from before the time from which to alert', async () => {
    const { ports, context, count } = await aLane();
    const quiet = { ...context, settings: { ...settings, alertAfter: epochStart(NIGHT) + EPOCH_MS } };

    expect(await judgeGrown(await count(theft()), ports, quiet)).toEqual([]);
  });
});

const NOW = MONDAY + 30 * MINUTE_MS;

function anIncrement(risk: number, { id = 'episode', epoch = epochOf(MONDAY) } = {}): Increment {
  const event = anAnomalyEvent({ id });
  const data = { ...event.detail.data, risk };
  const { account, actor } = data;
  return { account, actorId: actor.id, epoch, data: JSON.stringify({ ...event, detail: { ...event.detail, data } }) };
}

function alertOf(risk: number) {
  const event: AnomalyEvent = JSON.parse(anIncrement(risk).data);
  return { key: event.detail.metadata.idempotencyKey, event };
}

describe('emerge', () => {
  it('leaves the word in the outbox, with the id of the alert that may follow and a time of its own', async () => {
    const ports = memoryPorts();

    expect(await emerge([anIncrement(12)], ports, NOW)).toEqual({ told: 1, dropped: 0 });

    const [entry] = await ports.alerts.pending(10);
    expect(entry?.event['detail-type']).toBe('Anomaly Emerging');
    expect(entry?.event.detail.metadata).toMatchObject({ id: 'episode', producedAt: isoTime(NOW) });
    expect(entry?.key).toBe(entry?.event.detail.metadata.idempotencyKey);
    expect(entry?.event.detail.data).toMatchObject({
      latency: { eventToIngestMs: 30 * MINUTE_MS, ingestToAlertMs: 0 },
    });
  });

  it('counts revisions by growth: the same word has the same key, whoever says it first', async () => {
    const ports = memoryPorts();
    for (const risk of [12, 12.1, 12, 16, 40, 40.1]) await emerge([anIncrement(risk)], ports, NOW);
    const revisions = (await ports.alerts.pending(10)).map(({ event }) => event.detail.metadata.revision);

    expect(new Set(revisions).size).toBe(3);
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  });

  it('says one thing of one batch once', async () => {
    const ports = memoryPorts();
    await emerge([anIncrement(12), anIncrement(12), anIncrement(12, { id: 'other' })], ports, NOW);

    expect(await ports.alerts.pending(10)).toHaveLength(2);
  });

  const verdict = { version: '1', kind: 'verdict', at: isoTime(NOW), by: 'dana', reason: 'asked' } as const;
  const mute = { version: '1', kind: 'mute', at: isoTime(NOW), by: 'dana', reason: 'drill' } as const;
  const [later, over] = [isoTime(NOW + HOUR_MS), isoTime(NOW - 1000)];
  const actor = anAnomalyEvent().detail.data.actor.id;
  it.each<{ decision: Decision; dropped: number; why: string }>([
    { decision: { ...verdict, episode: 'episode', verdict: 'dismissed' }, dropped: 1, why: 'dismissed' },
    { decision: { ...verdict, episode: 'episode', verdict: 'expected' }, dropped: 1, why: 'expected' },
    { decision: { ...verdict, episode: 'episode', verdict: 'confirmed' }, dropped: 0, why: 'confirmed: more is news' },
    { decision: { ...verdict, episode: 'other', verdict: 'dismissed' }, dropped: 0, why: 'of another alert' },
    { decision: { ...mute, actor, until: later }, dropped: 1, why: 'the actor is muted' },
    { decision: { ...mute, episode: 'episode', until: later }, dropped: 1, why: 'the alert is muted' },
    { decision: { ...mute, actor: 'somebody else', until: later }, dropped: 0, why: 'somebody else is muted' },
    { decision: { ...mute, actor, until: over }, dropped: 0, why: 'the mute is over' },
  ])('drops $dropped where the answer that no seal has taken up is: $why', async ({ decision, dropped }) => {
    const ports = memoryPorts({ clock: () => NOW });
    await ports.decisions.add(decision);

    expect(await emerge([anIncrement(12)], ports, NOW)).toEqual({ told: 1 - dropped, dropped });
    expect(await ports.alerts.pending(10)).toHaveLength(1 - dropped);
  });

  it.each([
    { known: 12, dropped: 1, why: 'the alert itself has said as much' },
    { known: 11, dropped: 0, why: 'there is more than the alert has said' },
  ])('drops $dropped where $why', async ({ known, dropped }) => {
    const ports = memoryPorts();
    await ports.alerts.add([alertOf(known)]);

    expect((await emerge([anIncrement(12)], ports, NOW)).dropped).toBe(dropped);
  });

  it('drops what was sealed meanwhile', async () => {
    const ports = memoryPorts();
    await ports.snapshots.advance({ sealedThrough: epochOf(MONDAY), version: 1 });
    const increments = [anIncrement(12), anIncrement(12, { epoch: epochOf(MONDAY) + 1 })];

    expect(await emerge(increments, ports, NOW)).toEqual({ told: 1, dropped: 1 });
  });
});
