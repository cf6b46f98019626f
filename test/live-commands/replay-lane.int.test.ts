import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListEventBusesCommand } from '@aws-sdk/client-eventbridge';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { awsPorts } from '@portcullis/aws';
import { DAY_MS, HOUR_MS } from '@portcullis/event';
import { logFileBytes } from '@portcullis/lab';
import { installState } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { type Bed, deliveredAt, logs, objects, replayed, startBed } from './bed.ts';
import { runCommand } from './run-command.ts';

const alertAfter = logs.start + 8 * DAY_MS;
const folder = mkdtempSync(path.join(os.tmpdir(), 'portcullis-replay-lane-'));

describe.runIf(motoAvailable())('a replay beside a deployment', () => {
  let moto: Moto;
  let bed: Bed;
  const replay = (...more: string[]) =>
    runCommand(moto.endpoint, [
      'replay',
      folder,
      '--into',
      'drill',
      '--deployment',
      'beside',
      '--rate',
      '5000',
      ...more,
    ]);

  beforeAll(async () => {
    moto = await startMoto();
    bed = await startBed(moto.endpoint, 'beside');
  });
  afterAll(async () => {
    await moto?.stop();
    rmSync(folder, { recursive: true });
  });

  it('tells on a bus of its own, changes nothing of the deployment, and leaves nothing', async () => {
    const { told } = await replayed({ alertAfter });
    const from = Math.floor(Date.parse(told[Math.floor(told.length / 2)]?.time ?? '') / HOUR_MS - 2) * HOUR_MS;
    await installState((await replayed({ alertAfter, to: from })).state, bed.ports);
    await bed.run(from, from + HOUR_MS);
    for (const file of objects.filter((object) => Math.abs(deliveredAt(object) - from - 3 * HOUR_MS) < 3 * HOUR_MS)) {
      const place = path.join(folder, file.path);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, logFileBytes(file));
    }
    const before = await everything(bed);

    const kept = await replay('--keep');

    expect(kept).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[1-9]\d* alerts told/) });
    expect(await everything(bed)).toEqual(before);
    const lane = awsPorts(
      {
        ...bed.config,
        tables: tablesOf('portcullis-beside-replay-drill'),
        objectPrefix: 'replay-drill/',
      },
      { clients: bed.clients },
    );
    const events = await lane.alerts.list(0, 100);
    expect(events.map(({ detail }) => detail.metadata.mode)).toEqual(events.map(() => 'replay'));
    expect(await lane.alerts.pending(1)).toEqual([]);
    expect((await namesOfAll(bed)).filter((name) => name.includes('replay'))).toHaveLength(8);

    const again = await replay();

    expect(again.code).toBe(0);
    expect(await everything(bed)).toEqual(before);
    expect((await namesOfAll(bed)).filter((name) => name.includes('replay'))).toEqual([]);
  });

  it('names what it could not read, and says so by its exit code', async () => {
    const empty = path.join(folder, 'empty.json');
    const missing = path.join(folder, 'missing.json');
    writeFileSync(empty, '{"Records":[]}');

    const { code, stderr } = await runCommand(moto.endpoint, [
      ...['replay', empty, missing, '--into', 'gaps', '--deployment', 'beside', '--start', 'empty'],
    ]);

    expect(code).toBe(3);
    expect(stderr).toContain('missing.json: ');
  });
});

function tablesOf(prefix: string) {
  return {
    segments: `${prefix}-segments`,
    baselines: `${prefix}-baselines`,
    alerts: `${prefix}-alerts`,
    control: `${prefix}-control`,
    ledger: `${prefix}-ledger`,
  };
}

/** Every item and object of a deployment's own, to the byte. */
async function everything({ clients, config }: Bed): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const TableName of Object.values(config.tables)) {
    const { Items = [] } = await clients.dynamo.send(new ScanCommand({ TableName }));
    found.set(TableName, Items.map((item) => JSON.stringify(item)).sort());
  }
  for (const Bucket of Object.values(config.buckets)) {
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key } of Contents) {
      if (Key?.startsWith('replay-')) continue;
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      found.set(`${Bucket}/${Key}`, await Body?.transformToString('base64'));
    }
  }
  return found;
}

async function namesOfAll({ clients }: Bed): Promise<readonly string[]> {
  const { TableNames = [] } = await clients.dynamo.send(new ListTablesCommand({}));
  const { StreamNames = [] } = await clients.kinesis.send(new ListStreamsCommand({}));
  const { QueueUrls = [] } = await clients.sqs.send(new ListQueuesCommand({}));
  const { EventBuses = [] } = await clients.eventBridge.send(new ListEventBusesCommand({}));
  return [...TableNames, ...StreamNames, ...QueueUrls, ...EventBuses.map(({ Name = '' }) => Name)];
}
