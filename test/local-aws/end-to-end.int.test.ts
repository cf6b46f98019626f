import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ARMED } from '@portcullis/aws/response';
import { defaultSettings } from '@portcullis/config';
import { ANOMALY_DETAIL_TYPES, type AnomalyEvent, type PortcullisEvent } from '@portcullis/contract';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { deliver, memorySource, simulate, smallWorld, stolenKeyStory } from '@portcullis/lab';
import { type PipelineState, replay } from '@portcullis/pipeline';
import { installState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { type LocalLane, startLane } from './local-lane.ts';
import { type Moto, motoAvailable, startMoto } from './moto.ts';
import { responseLane } from './response-lane.ts';
import { runTrail } from './run-trail.ts';
import { subscriptionRecords } from './subscription-records.ts';

const SEED = 11;
const world = smallWorld({ days: 22 });
/** The evening on which the attack begins; by the end seven actors have been told of. */
const from = world.start + 20 * DAY_MS + 20 * HOUR_MS;
const to = from + 16 * HOUR_MS;
const network = openNetworkTable(
  readFileSync(path.join(import.meta.dirname, '../../packages/ingest/data/network.bin')),
);

describe.runIf(motoAvailable())('from a subscription record to a subscriber’s queue', () => {
  let moto: Moto;
  let lane: LocalLane;
  let received: readonly PortcullisEvent[];

  const story = stolenKeyStory(world);
  const records = [...simulate({ ...world, actors: [...world.actors, story] }, SEED)];
  const replayed = async (window: { from?: number; to?: number; state?: PipelineState }) => {
    const events: AnomalyEvent[] = [];
    const { state } = await replay(memorySource([...deliver(records, SEED)]), {
      settings: defaultSettings,
      network,
      ...window,
      onAlert: (event) => events.push(event),
      onReject() {},
    });
    return { events, state };
  };

  beforeAll(async () => {
    moto = await startMoto();
    lane = await startLane(moto.endpoint, { name: 'end-to-end', owners: [world.account.id] });
    await installState((await replayed({ to: from })).state, lane.ports);
    const live = records.filter(({ time }) => time >= from && time < to).map(({ record }) => record);
    await runTrail(lane, live);
    received = await lane.received();
  });
  afterAll(async () => {
    lane?.stop();
    await moto?.stop();
  });

  it('tells what a replay of the same logs tells', async () => {
    const { state } = await replayed({ to: from });
    const expected = comparedAlerts((await replayed({ from, to, state })).events);

    expect(comparedAlerts(received.filter(isAlert))).toEqual(expected);
    expect(new Set(expected.map(({ metadata }) => metadata.id)).size).toBeGreaterThanOrEqual(5);
  });

  it('tells early of what it tells later', () => {
    const emerging = received.filter((event) => event['detail-type'] === 'Anomaly Emerging');
    const detected = new Set(received.filter(isAlert).map(({ detail }) => detail.metadata.id));

    expect(emerging.length).toBeGreaterThan(0);
    expect(
      emerging.filter(({ detail }) => detail.metadata.id && detected.has(detail.metadata.id)).length,
    ).toBeGreaterThan(0);
  });

  it('leaves nothing waiting', async () => {
    expect(await lane.ports.alerts.pending(10)).toEqual([]);
    expect(await lane.ports.segments.waiting()).toEqual([]);
  });

  describe('what comes of an alert about a stolen key', () => {
    const user = 'metrics-exporter';
    const lease = { hours: 4 };
    const heard: string[] = [];
    let response: Awaited<ReturnType<typeof responseLane>>;
    let alert: AnomalyEvent;
    let id: string;

    /** What the subscriber heard since, and of it all that is about the one cut. */
    const listen = async () => {
      const events = (await response.received()).map(({ detail: { metadata, data } }) => ({
        id: metadata.id,
        told: `${data.action} ${data.state}`,
      }));
      heard.push(...events.filter((event) => event.id === id).map(({ told }) => told));
      return events;
    };
    /** The attacker goes on, and is refused. */
    const tryAgain = async (at: number) => {
      const named = new Set(alert.detail.data.eventIds);
      const taken = records.find(({ record }) => named.has(record.eventID) && record.errorCode === 'AccessDenied');
      if (taken === undefined) throw new RangeError('the alert names no such call');
      const eventTime = `${new Date(at).toISOString().slice(0, 19)}Z`;
      const record = { ...taken.record, eventID: randomUUID(), eventTime };
      await lane.put(subscriptionRecords([record]));
      await lane.settle();
    };

    beforeAll(async () => {
      alert = alertOf(user);
      const start = Date.parse(alert.detail.data.lastSeen) + 10 * MINUTE_MS;
      response = await responseLane(lane, moto.endpoint, world.account.id, start);
      await response.createUser(user);
      await response.policy({ rules: [{ id: 'ask', mode: 'approve' }], approval: { twoPersons: 'never' }, lease });
    });
    afterAll(() => response?.stop());

    it('is nothing, where the alert is replayed from an archive or is none of ours', async () => {
      await response.policy({ rules: [{ id: 'all', mode: 'enforce' }] });
      await response.wake('respond', { ...alert, 'replay-name': 'archive' });
      await response.wake('respond', { ...alert, detail: { metadata: { ...alert.detail.metadata, mode: 'replay' } } });
      await response.wake('respond', { ...alert, detail: { metadata: { ...alert.detail.metadata, id: 'made-up' } } });
      await response.policy({ rules: [{ id: 'ask', mode: 'approve' }], approval: { twoPersons: 'never' }, lease });

      expect(await listen()).toEqual([]);
      expect(await response.ledger.open()).toEqual([]);
    });

    it('is proposed, and nothing is done', async () => {
      await response.wake('respond', alert);

      const told = await listen();
      const [first] = told.filter((event) => event.told.startsWith('deny-addresses'));
      id = first?.id ?? '';
      heard.push(first?.told ?? '');
      expect(new Set(told.map((event) => event.told.split(' ')[1]))).toEqual(new Set(['proposed']));
      expect(told.map((event) => event.told)).toEqual(
        ['deny-actions', 'deny-addresses', 'turn-keys-off', 'deny-older-sessions'].map(
          (action) => `${action} proposed`,
        ),
      );
      expect(await response.attachedTo(user)).toEqual([]);
    });

    it('is not put in force while the kill switch is set, whoever approves', async () => {
      await response.killSwitch('stopped');
      const answers = await response.portcullis('approve', id);
      await response.killSwitch(ARMED);

      expect(answers).toMatchObject([{ id, outcome: 'approved' }]);
      expect(await response.attachedTo(user)).toEqual([]);
    });

    it('is put in force once it is armed again, and read back', async () => {
      await response.wake('keep-leases');

      expect(await response.attachedTo(user)).toEqual([expect.stringContaining('deny-addresses-')]);
      expect(await response.portcullis('show', id)).toMatchObject([{ state: 'verified', standing: 'on' }]);
    });

    it('is effective once a denied call is seen, and stays while it blocks attempts', async () => {
      await tryAgain(response.clock.now);
      await response.wake('keep-leases');
      response.clock.now += lease.hours * HOUR_MS;
      await response.wake('keep-leases');

      expect(await response.attachedTo(user)).toHaveLength(1);
      expect(await response.portcullis('show', id)).toMatchObject([{ state: 'effective', standing: 'on' }]);
    });

    it('ends by itself when nobody tries any more, and leaves nothing behind', async () => {
      response.clock.now += lease.hours * HOUR_MS;
      await response.wake('keep-leases');
      await listen();

      expect(await response.attachedTo(user)).toEqual([]);
      expect(heard).toEqual(
        ['proposed', 'approved', 'applied', 'verified', 'effective', 'expired'].map(
          (state) => `deny-addresses ${state}`,
        ),
      );
    });
  });

  describe('where a rule may act', () => {
    const role = 'search-node-role';
    let response: Awaited<ReturnType<typeof responseLane>>;
    const told = async () =>
      (await response.received()).map(({ detail: { data } }) =>
        [data.action, data.state, ...(data.cause === undefined ? [] : [data.cause])].join(' '),
      );

    beforeAll(async () => {
      const start = Date.parse(alertOf(role).detail.data.lastSeen) + 10 * MINUTE_MS;
      response = await responseLane(lane, moto.endpoint, world.account.id, start);
      await response.createRole('image-resize-role');
      await response.createRole('ops-maintenance');
      await response.createRole('release-manager', { 'break-glass': 'yes' });
      await response.createRole(role);
      // Before the episodes, and lately
      await response.look(from - HOUR_MS);
      await response.look(start - HOUR_MS);
      await response.policy({
        rules: [{ id: 'all', mode: 'enforce' }],
        approval: { twoPersons: 'never' },
        protect: { tags: [{ key: 'break-glass' }] },
      });
    });
    afterAll(() => response?.stop());

    it('an alert that is old starts nothing', async () => {
      await response.wake('respond', alertOf('image-resize-role'));

      expect(await told()).toEqual([
        'deny-actions proposed',
        'deny-actions approved',
        'deny-actions held old-alert',
        'deny-addresses proposed',
        'deny-addresses approved',
        'deny-addresses held old-alert',
        'deny-older-sessions proposed',
      ]);
      expect(await response.attachedToRole('image-resize-role')).toEqual([]);
    });

    it('nothing starts while the kill switch is set', async () => {
      await response.killSwitch('stopped');
      await response.wake('respond', alertOf('ops-maintenance'));
      await response.killSwitch(ARMED);

      expect(await told()).toEqual([
        'deny-actions proposed',
        'deny-actions approved',
        'deny-actions held kill-switch',
        'deny-addresses proposed',
        'deny-addresses approved',
        'deny-addresses held kill-switch',
        'deny-older-sessions proposed',
      ]);
      expect(await response.attachedToRole('ops-maintenance')).toEqual([]);
    });

    it('nothing is proposed on whom a tag protects', async () => {
      await response.wake('respond', alertOf('release-manager'));

      expect((await response.received()).map(({ detail: { data } }) => data.target)).not.toContain(
        `arn:aws:iam::${world.account.id}:role/release-manager`,
      );
    });

    it('a narrow cut is in force at once, and what takes a person waits for one', async () => {
      await response.wake('respond', alertOf(role));

      expect(await told()).toEqual([
        'deny-actions proposed',
        'deny-actions approved',
        'deny-actions applied',
        'deny-actions verified',
        'deny-addresses proposed',
        'deny-addresses approved',
        'deny-addresses applied',
        'deny-addresses verified',
        'deny-older-sessions proposed',
      ]);
      expect(await response.attachedToRole(role)).toEqual([
        expect.stringContaining('deny-actions-'),
        expect.stringContaining('deny-addresses-'),
      ]);
    });
  });

  function alertOf(name: string): AnomalyEvent {
    const found = received.filter(isAlert).findLast(({ detail }) => detail.data.actor.name === name);
    if (found === undefined) throw new RangeError(`nothing was told of ${name}`);
    return found;
  }
});

function isAlert(event: PortcullisEvent): event is AnomalyEvent {
  return ANOMALY_DETAIL_TYPES.some((type) => type === event['detail-type']);
}
