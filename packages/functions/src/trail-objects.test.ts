import { expect, it } from 'vitest';
import { announcementIn, isFlowLog, isTrailLog } from './trail-objects.ts';

const KEY =
  'AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/23/123456789012_CloudTrail_eu-west-1_20261123T1015Z_a1.json.gz';
const object = { bucket: 'example-trail-logs', key: KEY };

const byEventBridge = {
  version: '0',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  detail: { bucket: { name: object.bucket }, object: { key: KEY, size: 1024 } },
};
const byNotification = {
  Records: [
    {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: object.bucket }, object: { key: KEY, size: 1024 } },
    },
  ],
};
const byTrail = { s3Bucket: object.bucket, s3ObjectKey: [KEY] };
const inSns = (message: unknown) => ({ Type: 'Notification', MessageId: 'a', Message: JSON.stringify(message) });

it.each([
  { body: byEventBridge, why: 'a bucket, by EventBridge' },
  { body: byNotification, why: 'a bucket, straight into the queue' },
  { body: inSns(byNotification), why: 'a bucket, by a topic' },
  { body: inSns(byTrail), why: 'a trail, by a topic' },
  { body: byTrail, why: 'a trail, by a topic with raw delivery' },
  { body: inSns(byEventBridge), why: 'EventBridge, by a topic' },
])('hears of an object from $why', ({ body }) => {
  expect(announcementIn(JSON.stringify(body))).toEqual({ kind: 'objects', objects: [object] });
});

it('decodes keys in notifications of buckets, and nowhere else', () => {
  const notification = structuredClone(byNotification);
  for (const record of notification.Records) record.s3.object.key = 'a+b%3D/CloudTrail/x.json.gz';

  expect(announcementIn(JSON.stringify(notification))).toMatchObject({
    objects: [{ key: 'a b=/CloudTrail/x.json.gz' }],
  });
  expect(announcementIn(JSON.stringify({ ...byTrail, s3ObjectKey: ['a+b'] }))).toMatchObject({
    objects: [{ key: 'a+b' }],
  });
});

it.each([
  {
    body: JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }),
    why: 'a bucket tries its topic out',
  },
  { body: 'CloudTrail validation message.', why: 'a trail tries its topic out' },
  {
    body: JSON.stringify({ Type: 'Notification', Message: 'CloudTrail validation message.' }),
    why: 'the same, wrapped',
  },
])('hears of nothing when $why', ({ body }) => {
  expect(announcementIn(body)).toEqual({ kind: 'objects', objects: [] });
});

it.each([
  { body: '{', why: 'half a message' },
  { body: '"text"', why: 'not an object' },
  { body: '{}', why: 'nothing in it' },
  { body: JSON.stringify({ Records: [{ s3: { bucket: { name: 'b' }, object: { key: '%' } } }] }), why: 'a broken key' },
  { body: JSON.stringify({ Records: [{}] }), why: 'no object' },
  { body: JSON.stringify({ source: 'aws.s3', detail: {} }), why: 'no bucket' },
  { body: JSON.stringify({ s3Bucket: 'b', s3ObjectKey: [1] }), why: 'a key that is no text' },
])('says so when it can read nothing: $why', ({ body }) => {
  expect(announcementIn(body).kind).toBe('unreadable');
});

it.each([
  { key: KEY, is: true, why: 'a log file' },
  { key: KEY.replace('/CloudTrail/', '/CloudTrail-Digest/'), is: false, why: 'a digest' },
  { key: 'AWSLogs/123456789012/vpcflowlogs/x.json.gz', is: false, why: 'of another service' },
  { key: `elsewhere/${KEY}`, is: false, why: 'outside the prefix' },
  { key: KEY.replace('.json.gz', '.csv'), is: false, why: 'an inventory' },
])('reads $key: $is ($why)', ({ key, is }) => {
  expect(isTrailLog({ bucket: 'b', key }, { bucket: 'b', prefix: 'AWSLogs/' })).toBe(is);
});

const FLOWS = 'AWSLogs/123456789012/vpcflowlogs/eu-west-1/2026/11/23/x.log.gz';

it.each([
  { key: FLOWS, is: true, why: 'flow logs' },
  { key: FLOWS.replace('/vpcflowlogs/', '/aws-service=vpcflowlogs/'), is: true, why: 'partitioned for Hive' },
  { key: FLOWS.replace('.log.gz', '.parquet'), is: false, why: 'no text' },
  { key: FLOWS.replace('/vpcflowlogs/', '/elasticloadbalancing/'), is: false, why: 'of another service' },
  { key: `elsewhere/${FLOWS}`, is: false, why: 'outside the prefix' },
])('reads flow logs at $key: $is ($why)', ({ key, is }) => {
  expect(isFlowLog({ bucket: 'b', key }, { bucket: 'b', prefix: 'AWSLogs/' })).toBe(is);
});

it('reads no other bucket', () => {
  expect(isTrailLog(object, { bucket: 'another', prefix: '' })).toBe(false);
  expect(isFlowLog({ bucket: 'b', key: FLOWS }, { bucket: '', prefix: '' })).toBe(false);
});
