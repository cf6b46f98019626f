import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DAY_MS, EPOCH_MS, epochStart, HOUR_MS, isoTime } from '@portcullis/event';
import { logFileBytes } from '@portcullis/lab';
import { encodeBaseline } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { subscribe } from '../local-aws/subscriber.ts';
import { comparedAlerts } from '../support/compared-alerts.ts';
import { type Bed, deliveredAt, logs, objects, replayed, startBed } from './bed.ts';
import { runCommand } from './run-command.ts';

const TRAIL = { bucket: 'backfill-trail', prefix: 'AWSLogs/' };
const since = logs.start + 10 * DAY_MS;
/** The lane begins within an hour, and goes on for some before anybody thinks of the past. */
const began = logs.start + 11 * DAY_MS + 20 * HOUR_MS + 20 * 60_000;
const thoughtOf = began + 5 * HOUR_MS;
const end = began + 12 * HOUR_MS;

describe.runIf(motoAvailable())('a backfill of a lane that goes on', () => {
  let moto: Moto;
  let bed: Bed;
  const backfill = (...more: string[]) =>
    runCommand(moto.endpoint, ['backfill', '--deployment', 'late', '--since', isoTime(since), ...more]);
  const deliverLive = async (from: number, to: number) => {
    for (const { path, records } of objects.filter((one) => deliveredAt(one) >= from && deliveredAt(one) < to)) {
      const object = { path, records: records.filter(({ eventTime }) => Date.parse(eventTime) < end) };
      await bed.worker.put('s3', [{ id: object.path, origin: object.path, bytes: logFileBytes(object) }]);
      await bed.worker.work();
    }
    // The marks of the last turn
    await bed.worker.work();
  };

  beforeAll(async () => {
    moto = await startMoto();
    bed = await startBed(moto.endpoint, 'late', { trail: TRAIL });
    const { s3 } = bed.clients;
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await s3.send(new CreateBucketCommand({ Bucket: TRAIL.bucket, CreateBucketConfiguration }));
    for (const object of objects) {
      if (deliveredAt(object) < since) continue;
      await s3.send(new PutObjectCommand({ Bucket: TRAIL.bucket, Key: object.path, Body: logFileBytes(object) }));
    }
  });
  afterAll(() => moto?.stop());

  it('and the lane after it know and tell what one replay does', async () => {
    await deliverLive(began, began + HOUR_MS);
    const early = await backfill('--yes');
    expect(early).toMatchObject({ code: 3, stdout: expect.stringContaining('can take over once it has got past') });
    const unasked = await backfill();
    expect(unasked).toMatchObject({ code: 2, stdout: expect.stringMatching(/objects, .* GB; reading them costs/) });

    await deliverLive(began + HOUR_MS, thoughtOf);
    const sealedByItself = (await bed.ports.snapshots.pointer())?.version ?? 0;
    const subscriber = await subscribe(bed);
    const done = await backfill('--yes');
    const again = await backfill('--yes');

    expect(sealedByItself).toBeGreaterThan(0);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('handed over at') });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('already') });
    const pointer = await bed.ports.snapshots.pointer();
    expect(pointer?.version).toBe(sealedByItself + 1);
    const at = epochStart(pointer?.sealedThrough ?? 0) + EPOCH_MS;
    expect(at).toBeGreaterThan(began);

    // What happened before the end is delivered until after it
    await deliverLive(thoughtOf, end + 2 * HOUR_MS);
    await bed.worker.finish(end + 4 * HOUR_MS);
    const { told, state } = await replayed({ from: since, to: end, alertAfter: at });
    const live = await bed.ports.baselines.load([...state.baselines.keys()], Number.POSITIVE_INFINITY);

    expect(comparedAlerts(await subscriber.receive())).toEqual(comparedAlerts(told));
    expect(told.length).toBeGreaterThan(0);
    expect(state.baselines.size).toBeGreaterThan(20);
    for (const [actorId, baseline] of state.baselines) {
      expect(live.get(actorId)?.bytes, actorId).toEqual(encodeBaseline(baseline));
    }
  });
});
