import { createServer, type Server } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import type { RawRecord, RejectedRecord, Routed } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTrailObjects } from './read-trail-objects.ts';

const FOLDER = 'AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/23';

/** Answers like S3, with what is in here. */
const objects: Readonly<Record<string, string>> = {
  [`/logs/${FOLDER}/a.json.gz`]: 'first',
  [`/logs/${FOLDER}/b.json.gz`]: 'second',
  '/flows/1/vpcflowlogs/c.log.gz': 'third',
  [`/logs/${FOLDER}/large.json.gz`]: 'x'.repeat(1000),
};
let server: Server;
let s3: S3Client;
beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const found = objects[url.split('?')[0] ?? ''];
    response.statusCode = url.includes('/locked') ? 403 : found === undefined ? 404 : 200;
    const code = response.statusCode === 403 ? 'AccessDenied' : 'NoSuchKey';
    response.end(found ?? `<Error><Code>${code}</Code><Message>no</Message></Error>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  s3 = new S3Client({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(() => {
  s3.destroy();
  server.close();
});

it('routes the objects of all messages together, each under the id of its message', async () => {
  const { outcome, routed } = await read([message('1', 'a.json.gz'), message('2', 'b.json.gz')]);

  expect(routed).toEqual([
    [
      { id: '1', origin: `s3://logs/${FOLDER}/a.json.gz`, bytes: 'first', holds: 'cloudtrail' },
      { id: '2', origin: `s3://logs/${FOLDER}/b.json.gz`, bytes: 'second', holds: 'cloudtrail' },
    ],
  ]);
  expect(outcome).toMatchObject({ failed: new Set(), figures: { Objects: 2, Events: 2 } });
});

it('believes flow logs about flows, and about nothing else', async () => {
  const detail = { bucket: { name: 'flows' }, object: { key: '1/vpcflowlogs/c.log.gz' } };
  const { routed } = await read([{ id: '1', body: JSON.stringify({ source: 'aws.s3', detail }) }]);

  expect(routed).toEqual([[{ id: '1', origin: 's3://flows/1/vpcflowlogs/c.log.gz', bytes: 'third', holds: 'flow' }]]);
});

it('passes over what is no log file of the trail', async () => {
  const { outcome, routed } = await read([message('1', 'a.json.gz', 'other'), message('2', 'manifest.csv')]);

  expect(routed).toEqual([]);
  expect(outcome.failed.size).toBe(0);
});

it.each([
  { body: '{}', reason: 'not-an-object', why: 'no announcement' },
  { body: message('1', 'large.json.gz').body, reason: 'file-too-large', why: 'above what may be read' },
  { body: message('1', 'gone.json.gz').body, reason: 'unreadable-file', why: 'removed since' },
])('rejects and goes on: $why', async ({ body, reason }) => {
  const { outcome, routed, rejected } = await read([{ id: '1', body }, message('2', 'a.json.gz')]);

  expect(rejected).toEqual([expect.objectContaining({ reason })]);
  expect(outcome.failed.size).toBe(0);
  expect(routed.flat()).toHaveLength(1);
});

it('has a message delivered again whose object it may not read, and no other', async () => {
  const { outcome, routed } = await read([message('1', 'locked.json.gz'), message('2', 'a.json.gz')]);

  expect([...outcome.failed]).toEqual(['1']);
  expect(outcome.errors).toEqual([expect.stringContaining('AccessDenied')]);
  expect(routed.flat()).toHaveLength(1);
});

it('has messages delivered again whose records were not taken', async () => {
  const { outcome } = await read([message('1', 'a.json.gz'), message('2', 'b.json.gz')], ['2']);

  expect([...outcome.failed]).toEqual(['2']);
});

function message(id: string, file: string, bucket = 'logs') {
  return { id, body: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [`${FOLDER}/${file}`] }) };
}

async function read(
  messages: readonly { readonly id: string; readonly body: string }[],
  refused: readonly string[] = [],
) {
  const routed: { readonly id: string; readonly origin: string; readonly bytes: string }[][] = [];
  const rejected: RejectedRecord[] = [];
  const outcome = await readTrailObjects(messages, {
    s3,
    trail: { bucket: 'logs', prefix: 'AWSLogs/' },
    flows: { bucket: 'flows', prefix: '' },
    maxBytes: 100,
    rejects: {
      async put(records) {
        rejected.push(...records);
      },
    },
    async route(raw: readonly RawRecord[]): Promise<Routed> {
      routed.push(raw.map(({ bytes, ...rest }) => ({ ...rest, bytes: Buffer.from(bytes).toString() })));
      const failed = raw.map(({ id }) => id).filter((id) => refused.includes(id));
      return { failed, read: raw.length, events: raw.length, lines: 0, rejected: 0, skipped: {}, errors: [] };
    },
  });
  return { outcome, routed, rejected };
}
