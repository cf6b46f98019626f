import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '@portcullis/config';
import { ANOMALY_DETAIL_TYPES, type AnomalyEvent, type PortcullisEvent } from '@portcullis/contract';
import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { openNetworkTable } from '@portcullis/ingest';
import { deliver, memorySource, simulate, smallWorld, stolenKeyStory } from '@portcullis/lab';
import { type PipelineState, replay } from '@portcullis/pipeline';
import { installState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { type LocalLane, startLane } from './local-lane.ts';
import { type Moto, motoAvailable, startMoto } from './moto.ts';
import { runTrail } from './run-trail.ts';

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
});

function isAlert(event: PortcullisEvent): event is AnomalyEvent {
  return ANOMALY_DETAIL_TYPES.some((type) => type === event['detail-type']);
}
