import { defaultSettings } from '@portcullis/config';
import { pipelineImpairedEventSchema } from '@portcullis/contract';
import { EPOCH_MS, type EpochMs, epochOf, epochStart, HOUR_MS, isoTime, MINUTE_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anActivityEvent, anAnomalyEvent, MONDAY } from '../../../../test/builders.ts';
import { impairedEntry, tampering } from './impairment.ts';
import { liveSettings } from './live-settings.ts';
import type { Lane, LaneProgress, OutboxEvent } from './ports.ts';
import { memoryPorts } from './twins/index.ts';
import { DEFAULT_WATCH, impairmentsOf, type Vitals, watchPipeline } from './watch-pipeline.ts';

const LATENESS = 15 * MINUTE_MS;
const NOW = MONDAY + 12 * HOUR_MS;
const account = '123456789012';
const region = 'eu-west-1';
const settings = liveSettings(defaultSettings, { home: { account, region } });
const withCanary = { ...DEFAULT_WATCH, canaries: [{ account, region }] };

function aLane(ageMs: number, delayMs = MINUTE_MS, where: Partial<LaneProgress> = {}): LaneProgress {
  const eventTime = NOW - ageMs;
  return { lane: 'stream', account, region, eventTime, arrivedAt: eventTime + delayMs, ...where };
}

function vitals(overrides: Partial<Vitals> = {}): Vitals {
  return { lanes: [aLane(MINUTE_MS)], waiting: [epochOf(NOW)], oldestUnpublished: undefined, ...overrides };
}

describe('impairmentsOf', () => {
  it.each([
    { of: vitals(), found: [], why: 'all is well' },
    { of: vitals({ lanes: [] }), found: ['canary-missed'], why: 'nothing ever came' },
    { of: vitals({ lanes: [aLane(44 * MINUTE_MS)] }), found: [], why: 'a call is on its way' },
    { of: vitals({ lanes: [aLane(46 * MINUTE_MS)] }), found: ['canary-missed'], why: 'a call did not come through' },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS), aLane(25 * HOUR_MS, MINUTE_MS, { region: 'us-east-1' })] }),
      found: ['silence'],
      why: 'a place without canary has been quiet for a day',
    },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS), aLane(23 * HOUR_MS, MINUTE_MS, { region: 'us-east-1' })] }),
      found: [],
      why: 'a place without canary has a quiet night',
    },
    {
      of: vitals({ lanes: [aLane(0, 61 * MINUTE_MS)] }),
      found: ['lag'],
      why: 'what comes is older than lateness and lag allow',
    },
    { of: vitals({ lanes: [aLane(0, 59 * MINUTE_MS)] }), found: [], why: 'what comes is late, as it may be' },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS), aLane(25 * HOUR_MS, MINUTE_MS, { lane: 'function-logs' })] }),
      found: ['silence'],
      why: 'functions have logged nothing for a day, where CloudTrail goes on',
    },
    {
      of: vitals({ lanes: [aLane(46 * MINUTE_MS), aLane(MINUTE_MS, 0, { lane: 'flow-logs' })] }),
      found: ['canary-missed'],
      why: 'a flow log is no sign of CloudTrail',
    },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS), aLane(0, 61 * MINUTE_MS, { lane: 'flow-logs' })] }),
      found: ['lag'],
      why: 'flow logs are older than lateness and lag allow',
    },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS), aLane(0, 3 * HOUR_MS, { lane: 'event' })] }),
      found: [],
      why: 'the fast lane brings some events late: the main one has them',
    },
    {
      of: vitals({ lanes: [aLane(MINUTE_MS, MINUTE_MS, { lane: 'event' })] }),
      found: [],
      why: 'the fast lane is the only one',
    },
    { of: vitals({ waiting: [epochOf(NOW) - 3] }), found: ['lag'], why: 'an hour is not sealed' },
    { of: vitals({ waiting: [epochOf(NOW) - 1] }), found: [], why: 'an hour waits for what is late' },
    { of: vitals({ waiting: [] }), found: [], why: 'no hour waits' },
    { of: vitals({ oldestUnpublished: NOW - 46 * MINUTE_MS }), found: ['delivery-failed'], why: 'an alert is stuck' },
    { of: vitals({ oldestUnpublished: NOW - 44 * MINUTE_MS }), found: [], why: 'an alert waits for a retry' },
  ])('finds $found where $why', ({ of, found }) => {
    expect(impairmentsOf(of, LATENESS, withCanary, NOW).map(({ reason }) => reason)).toEqual(found);
  });

  it('says since when, and where', () => {
    const [missed] = impairmentsOf(vitals({ lanes: [aLane(HOUR_MS)] }), LATENESS, withCanary, NOW);
    const [unsealed] = impairmentsOf(vitals({ waiting: [epochOf(NOW) - 3] }), LATENESS, withCanary, NOW);

    expect(missed).toMatchObject({ component: 'feed', account, region, since: NOW - HOUR_MS, severity: 'HIGH' });
    expect(unsealed).toMatchObject({ component: 'roll-up', since: epochStart(epochOf(NOW) - 3) + EPOCH_MS });
  });

  it('does not depend on the order of the lanes', () => {
    const lanes = fc.array(
      fc.record({
        hours: fc.nat(30),
        late: fc.nat(90),
        at: fc.nat(2),
        lane: fc.constantFrom<Lane>('stream', 's3', 'event'),
      }),
      { maxLength: 6 },
    );
    const found = (all: readonly LaneProgress[]) =>
      impairmentsOf(vitals({ lanes: all }), LATENESS, withCanary, NOW)
        .map(({ detail }) => detail)
        .toSorted();
    fc.assert(
      fc.property(lanes, (some) => {
        const all = some.map(({ hours, late, at, lane }) =>
          aLane(hours * HOUR_MS, late * MINUTE_MS, { lane, region: `region-${at}` }),
        );
        expect(found(all.toReversed())).toEqual(found(all));
      }),
      // Two lanes that end with one event, which came by one of them long before the other
      {
        examples: [
          [
            [
              { hours: 25, late: 60, at: 2, lane: 'stream' },
              { hours: 25, late: 0, at: 2, lane: 's3' },
            ],
          ],
        ],
      },
    );
  });
});

describe('watchPipeline', () => {
  /** A look at a lane whose latest event is so old. */
  async function aWatch(watch = withCanary) {
    const ports = memoryPorts();
    const look = async (now: EpochMs, eventTime: EpochMs) => {
      await ports.progress.reach([{ lane: 'stream', account, region, eventTime, arrivedAt: eventTime + MINUTE_MS }]);
      return (await watchPipeline(ports, settings, watch, now)).map(({ reason }) => reason);
    };
    const told = () => ports.alerts.all().map(({ entry }) => entry.event);
    return { ports, look, told };
  }

  const dataOf = (events: readonly OutboxEvent[]) =>
    events.map((event) => pipelineImpairedEventSchema.parse(event).detail);

  it('tells what is wrong once, as long as it lasts', async () => {
    const { look, told } = await aWatch();
    const quiet = NOW - HOUR_MS;

    expect(await look(NOW, quiet)).toEqual(['canary-missed']);
    expect(await look(NOW + 5 * MINUTE_MS, quiet)).toEqual(['canary-missed']);
    // One late event is no recovery
    expect(await look(NOW + 10 * MINUTE_MS, quiet + 5 * MINUTE_MS)).toEqual(['canary-missed']);

    expect(dataOf(told())).toMatchObject([
      { metadata: { revision: 1 }, data: { reason: 'canary-missed', since: isoTime(quiet) } },
    ]);
    expect(dataOf(told())[0]?.data).not.toHaveProperty('until');
  });

  it('says when it is over, once, under the same id', async () => {
    const { look, told } = await aWatch();
    await look(NOW, NOW - HOUR_MS);
    const later = NOW + 20 * MINUTE_MS;

    expect(await look(later, later - MINUTE_MS)).toEqual([]);
    await look(later + MINUTE_MS, later);

    const [first, last, ...others] = dataOf(told());
    expect(others).toEqual([]);
    expect(last?.metadata).toMatchObject({
      id: first?.metadata.id,
      revision: 2,
      idempotencyKey: `${first?.metadata.id}:2`,
      producedAt: isoTime(later),
    });
    expect(last?.data).toEqual({
      ...first?.data,
      until: isoTime(later),
      detail: expect.stringContaining('works again'),
    });
  });

  it('tells trouble that comes back as another', async () => {
    const { look, told } = await aWatch();
    await look(NOW, NOW - HOUR_MS);
    await look(NOW + MINUTE_MS, NOW);
    await look(NOW + 46 * MINUTE_MS, NOW);

    const all = dataOf(told()).filter(({ data }) => data.reason === 'canary-missed');
    expect(all.map(({ metadata }) => metadata.revision)).toEqual([1, 2, 1]);
    expect(all[2]?.metadata.id).not.toBe(all[0]?.metadata.id);
  });

  it('tells apart where it lasts and where it is over', async () => {
    const canaries = [...withCanary.canaries, { account, region: 'us-east-1' }];
    const { ports, look, told } = await aWatch({ ...withCanary, canaries });
    await look(NOW, NOW - HOUR_MS);
    await look(NOW + MINUTE_MS, NOW);

    const lasting = (await ports.alerts.lasting()).map(({ detail }) => detail.data.region);
    expect(lasting).toEqual(['us-east-1']);
    expect(dataOf(told()).filter(({ data }) => data.until !== undefined)).toHaveLength(1);
  });

  it('never says that hands laid on the feed are over: nobody can know', async () => {
    const { ports, look } = await aWatch();
    const entry = impairedEntry(tampering(anActivityEvent({ time: NOW })), settings, NOW);
    await ports.alerts.add([entry]);
    await look(NOW + MINUTE_MS, NOW);

    expect(ports.alerts.all().map(({ entry: { key } }) => key)).toEqual([entry.key]);
  });

  it('looks at what waits: hours and alerts', async () => {
    const { ports, look } = await aWatch();
    const event = anAnomalyEvent({ at: NOW - HOUR_MS });
    await ports.alerts.add([{ key: 'a:1', event }]);
    const key = { sealEpoch: epochOf(NOW) - 4, actorId: 'a', epoch: epochOf(NOW) - 4, split: 0, part: 0 };
    await ports.segments.save(key, new Uint8Array(1), 0);

    expect(await look(NOW, NOW)).toEqual(['lag', 'delivery-failed']);
    await ports.alerts.published(['a:1'], NOW);
    await ports.segments.sealed(key.sealEpoch);
    expect(await look(NOW + MINUTE_MS, NOW)).toEqual([]);

    expect(await ports.alerts.lasting()).toEqual([]);
  });
});
