import { emptyBaseline, encodeBaseline } from '@portcullis/baseline';
import { defaultSettings } from '@portcullis/config';
import { epochOf } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, MONDAY } from '../../../../test/builders.ts';
import { encodeActivity } from './activity-codec.ts';
import { boundedChains } from './chain-cache.ts';
import { impairedEntry } from './impairment.ts';
import { liveSettings } from './live-settings.ts';
import { observeBatch } from './observe-batch.ts';
import { alertsOf, copiedOnRead, WrongLaneError } from './replay-ports.ts';
import { memoryPorts } from './twins/index.ts';

const event = anActivityEvent({ time: MONDAY });
const EPOCH = epochOf(MONDAY);

describe('lanes take nothing from one another', () => {
  it.each([
    { of: 'drill', to: undefined, taken: false, why: 'a replay into the live lane' },
    { of: undefined, to: 'drill', taken: false, why: 'the live lane into a replay' },
    { of: 'other', to: 'drill', taken: false, why: 'one replay into another' },
    { of: 'drill', to: 'drill', taken: true, why: 'its own' },
  ])('activity and marks: $why', async ({ of, to, taken }) => {
    const ports = memoryPorts();
    const activities = [
      { kind: 'events', epoch: EPOCH, split: 0, splits: 1, events: [event], replay: of },
      { kind: 'mark', at: MONDAY, replay: of },
    ] as const;
    const records = activities.map((activity, at) => ({
      shardId: 'a',
      sequence: String(at),
      data: encodeActivity(activity),
    }));
    const settings = liveSettings(defaultSettings, { replay: to });

    const seen = await observeBatch(records, ports, { settings, cache: boundedChains() });

    expect(seen).toMatchObject({ counted: taken ? 1 : 0, rejected: taken ? 0 : 2, failed: [] });
    expect((await ports.progress.marks()).size).toBe(taken ? 1 : 0);
    expect(await ports.segments.waiting()).toEqual(taken ? [EPOCH] : []);
  });

  it('alerts', async () => {
    const entryOf = (replay: string | undefined) =>
      impairedEntry(
        { component: 'feed', reason: 'silence', severity: 'HIGH', since: MONDAY, detail: '' },
        liveSettings(defaultSettings, { replay }),
        MONDAY,
      );
    const { alerts } = memoryPorts();

    await expect(alertsOf('live', alerts).add([entryOf(undefined), entryOf('drill')])).rejects.toThrow(WrongLaneError);
    await expect(alertsOf('replay', alerts).add([entryOf(undefined)])).rejects.toThrow(WrongLaneError);
    expect(await alerts.pending(10)).toEqual([]);
    await alertsOf('live', alerts).add([entryOf(undefined)]);
    expect(await alerts.pending(10)).toHaveLength(1);
  });
});

it('a baseline is copied when it is first asked for, and then is the replay’s own', async () => {
  const [live, own] = [memoryPorts().baselines, memoryPorts().baselines];
  const stored = (day: number, sealEpoch: number) =>
    ({ actorId: 'a', bytes: encodeBaseline(emptyBaseline(day)), known: undefined, sealEpoch }) as const;
  await live.save([stored(20_000, EPOCH)]);
  const copied = copiedOnRead(own, live);

  expect((await copied.load(['a', 'b'], EPOCH - 5)).get('a')?.bytes).toEqual(stored(20_000, 0).bytes);
  await live.save([stored(20_001, EPOCH + 1)]);
  await copied.save([stored(20_002, EPOCH - 5)]);

  expect((await copied.load(['a'], EPOCH - 4)).get('a')?.bytes).toEqual(stored(20_002, 0).bytes);
  expect((await copied.load(['a'], EPOCH - 5)).get('a')?.bytes).toEqual(stored(20_000, 0).bytes);
  expect((await live.load(['a'], Number.POSITIVE_INFINITY)).get('a')?.bytes).toEqual(stored(20_001, 0).bytes);
});
