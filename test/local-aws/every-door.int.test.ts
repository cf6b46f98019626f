import { gzipSync } from 'node:zlib';
import { verifyEvent } from '@portcullis/contract/verify';
import { DAY_MS, epochOf, HOUR_MS } from '@portcullis/event';
import { simulate, smallWorld } from '@portcullis/lab';
import { decodeBaseline, readLiveState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOTO_ACCOUNT } from './create-deployment.ts';
import { type LocalLane, startLane } from './local-lane.ts';
import { type Moto, motoAvailable, startMoto } from './moto.ts';

const world = smallWorld({ days: 2 });
const from = world.start + DAY_MS + 9 * HOUR_MS;
const records = [...simulate(world, 11)]
  .filter(({ time }) => time >= from && time < from + HOUR_MS)
  .map(({ record }) => record);
const object = gzipSync(JSON.stringify({ Records: records }));
const folder = `AWSLogs/${world.account.id}/CloudTrail/eu-west-1/2026/01/02`;

describe.runIf(motoAvailable())('every door of the deployed pipeline', () => {
  let moto: Moto;
  let lane: LocalLane;

  beforeAll(async () => {
    moto = await startMoto();
    lane = await startLane(moto.endpoint, { name: 'doors', owners: [world.account.id], whole: true });
  });
  afterAll(async () => {
    lane?.stop();
    await moto?.stop();
  });

  it('counts what comes as an object and as a single event once, and reads nothing else', async () => {
    const { ports } = lane;
    // Early, in bulk, and announced again
    for (const record of records.slice(0, 3)) await lane.forward(record);
    for (let times = 0; times < 2; times++) await lane.deliver(`${folder}/logs.json.gz`, object);
    await lane.deliver(`${folder.replace('CloudTrail', 'CloudTrail-Digest')}/digest.json.gz`, object);
    await lane.settle();

    const lanes = await ports.progress.lanes();
    expect(new Set(lanes.map((progress) => progress.lane))).toEqual(new Set(['s3', 'event']));
    expect(await ports.segments.waiting()).toEqual([epochOf(from)]);

    await lane.close(from + HOUR_MS);
    const actors = await actorsOf(lane);
    const counted = [...(await ports.baselines.load(actors, Number.POSITIVE_INFINITY)).values()];
    const events = counted.reduce((sum, { bytes }) => sum + decodeBaseline(bytes).events, 0);
    expect(events).toBe(new Set(records.map(({ eventID }) => eventID)).size);
    expect(events).toBeGreaterThan(20);
  });

  it('hears nothing of calls where no trail listens, and says so, signed', async () => {
    await lane.beat();
    await lane.beat();
    await lane.publish();

    const received = (await lane.received()).filter((event) => event['detail-type'] === 'Pipeline Impaired');
    const places = received.map(({ detail }) => ('region' in detail.data ? detail.data.region : ''));
    expect(places.toSorted()).toEqual(expect.arrayContaining(['eu-west-1', 'us-east-1']));
    const options = { publisherAccount: MOTO_ACCOUNT, publicKeys: lane.publicKeys, now: Date.now() };
    for (const event of received) {
      expect(await verifyEvent(event, options)).toMatchObject({ kind: 'verified' });
      const { detail } = event;
      const altered = { ...event, detail: { ...detail, data: { ...detail.data, severity: 'LOW' } } };
      expect(await verifyEvent(altered, options)).toMatchObject({ kind: 'refused' });
    }
  });
});

/** Everybody who is known after the last seal. */
async function actorsOf({ ports }: LocalLane): Promise<readonly string[]> {
  return [...(await readLiveState(ports)).lastDays.keys()];
}
