import { gzipSync } from 'node:zlib';
import type { ActivityEvent } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { ScannedRecord } from '../cloudtrail/scanned-record.ts';
import { createReadFinding } from '../findings/read-finding.ts';
import { createLoggedFunctions } from '../lambda/logged-function.ts';
import { DEFAULT_LIMITS, type IngestLimits } from '../limits.ts';
import type { IngestResult } from '../outcome.ts';
import {
  base64,
  eventBridgeEvent,
  json,
  kinesisEvent,
  logsData,
  PACKAGINGS,
  RECORDS,
  utf8,
} from '../testing/containers.ts';
import { openContainer } from './open-container.ts';
import type { Normalize } from './opening.ts';

/** Stands in for CloudTrail's rules: needs an event time, keeps id and time. */
const normalize: Normalize = (record) => {
  const time = Date.parse(String(record.eventTime));
  if (record.eventCategory === 'Insight') {
    return { kind: 'skipped', reason: 'cloudtrail-insight' };
  }
  return Number.isNaN(time)
    ? { kind: 'rejected', reason: 'invalid-event-time', message: 'no time' }
    : { ...ANY_EVENT, id: String(record.eventID), time };
};

const ANY_EVENT: ActivityEvent = {
  id: '',
  source: 'cloudtrail',
  account: '111122223333',
  region: 'eu-west-1',
  time: 0,
  actor: { id: 'a', kind: 'user', account: '111122223333', name: 'a', peerGroup: 'user', revocable: true, root: false },
  action: { name: 'iam:GetUser', service: 'iam', mapping: 'mapped', effect: 'views', alsoNeeds: [] },
  outcome: 'success',
  network: { kind: 'unknown', address: '', prefix: '' },
  agent: { text: '', product: '', family: '' },
  identityType: 'IAMUser',
  mfa: false,
  console: false,
  resources: [],
  grants: [],
};

function open(bytes: Uint8Array, limits: Partial<IngestLimits> = {}, precedingLines = 0): IngestResult {
  return openContainer(bytes, {
    normalize,
    functionOf: createLoggedFunctions(),
    readFinding: createReadFinding(),
    limits: { ...DEFAULT_LIMITS, ...limits },
    scanned: new ScannedRecord(),
    precedingLines,
  });
}

/** `event x3, skip control-message x1, reject not-json at line 2`: the whole result in one line. */
function told({ events, functionEvents, skipped, rejected }: IngestResult): string {
  return [
    ...(events.length > 0 ? [`event x${events.length}`] : []),
    ...(functionEvents.length > 0 ? [`function x${functionEvents.length}`] : []),
    ...[...skipped].map(([reason, count]) => `skip ${reason} x${count}`),
    ...rejected.map(({ reason, position }) => `reject ${reason}${position === '' ? '' : ` at ${position}`}`),
  ].join(', ');
}

const [first, second, third] = RECORDS;
const line = JSON.stringify(first);
const broken = { ...first, eventTime: 'noon' };

describe('openContainer', () => {
  it.each(Object.entries(PACKAGINGS))('finds every record in %s', (_name, pack) => {
    const result = open(pack(RECORDS));

    expect(told(result)).toBe(`event x${RECORDS.length}`);
    expect(result.events.map(({ id }) => id)).toEqual(RECORDS.map(({ eventID }) => eventID));
    expect(result.partial).toBe(false);
  });

  it.each([
    { name: 's3 object', at: 'Records[1]' },
    { name: 'array', at: '[1]' },
    { name: 'json lines', at: 'line 2' },
    { name: 'json lines, CRLF and blank lines', at: 'line 3' },
    { name: 'joined without line breaks', at: 'document 2' },
    { name: 'LookupEvents', at: 'Events[1].CloudTrailEvent' },
    { name: 'EventBridge', at: '[1].detail' },
    { name: 'CloudWatch Logs', at: 'logEvents[1]' },
    { name: 'CloudWatch Logs through Kinesis', at: 'Records[1].logEvents[0]' },
    { name: 'Firehose transformation', at: 'records[1]' },
    { name: 'SQS of EventBridge', at: 'Records[1].body.detail' },
    { name: 'labelled lines', at: 'line 2.event' },
    { name: 'wrapped in data', at: '[0].data.Records[1]' },
  ])('says that the bad record of $name is at $at', ({ name, at }) => {
    const result = open(PACKAGINGS[name]?.([first, broken, third]) ?? Buffer.alloc(0));

    expect(told(result)).toBe(`event x2, reject invalid-event-time at ${at}`);
    expect(result.rejected[0]?.record).toEqual(broken);
  });

  it.each([
    { bytes: utf8(''), result: 'skip empty-container x1', why: 'no bytes at all' },
    { bytes: utf8(' \r\n\t\n'), result: 'skip empty-container x1', why: 'blanks only' },
    { bytes: json({ Records: [] }), result: 'skip empty-container x1', why: 'a delivery of nothing' },
    { bytes: json([]), result: 'skip empty-container x1', why: 'an export of nothing' },
    { bytes: json({ Events: [] }), result: 'skip empty-container x1', why: 'a lookup that found nothing' },
    { bytes: json(logsData([])), result: 'skip empty-container x1', why: 'no log events' },
    {
      bytes: json({ messageType: 'CONTROL_MESSAGE', owner: 'CloudwatchLogs', logEvents: [{ message: 'checking' }] }),
      result: 'skip control-message x1',
      why: 'a probe of the destination',
    },
    {
      bytes: json({
        Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', eventTime: '2026-01-01T00:00:00Z' }],
      }),
      result: 'skip s3-notification x1',
      why: 'has fields of a record, but tells of a file',
    },
    {
      bytes: json({ source: 'aws.s3', 'detail-type': 'Object Created', detail: { bucket: {} } }),
      result: 'skip s3-notification x1',
      why: 'the same by EventBridge',
    },
    {
      bytes: json({ Type: 'Notification', Message: '{"s3Bucket":"b","s3ObjectKey":["k"]}' }),
      result: 'skip s3-notification x1',
      why: "CloudTrail's own topic",
    },
    {
      bytes: json({ Service: 'Amazon S3', Event: 's3:TestEvent' }),
      result: 'skip test-event x1',
      why: 'set-up of a notification',
    },
    {
      bytes: json({ digestStartTime: '2026-01-01T00:00:00Z', digestS3Object: 'k', logFiles: [] }),
      result: 'skip cloudtrail-digest x1',
      why: 'log file validation',
    },
    {
      bytes: json({ Records: [{ ...first, eventCategory: 'Insight' }] }),
      result: 'skip cloudtrail-insight x1',
      why: 'not a call',
    },
    { bytes: json({ events: { a: { label: 'attack' } } }), result: 'skip not-cloudtrail x1', why: 'a labels file' },
    {
      bytes: json({ version: '2.0', rawPath: '/', body: line }),
      result: 'skip not-cloudtrail x1',
      why: 'a request whose caller wrote a record',
    },
    {
      bytes: json({ 'detail-type': 'EC2 Instance State-change', source: 'aws.ec2' }),
      result: 'skip not-cloudtrail x1',
      why: 'another event',
    },
    {
      bytes: json({ Records: [{ eventSource: 'aws:dynamodb', eventName: 'INSERT', eventID: '1' }] }),
      result: 'skip not-cloudtrail x1',
      why: 'a table stream',
    },
    {
      bytes: json(logsData(['START RequestId: 1 Version: $LATEST', 'plain', '{"level":"info"}'], 'app')),
      result: 'skip lambda-log x1, skip other-log x2',
      why: 'lines of other programs',
    },
    {
      bytes: json(logsData(['{"type":"platform.start","record":{}}'], 'my-functions')),
      result: 'skip lambda-log x1',
      why: 'JSON log format of a function that nothing names',
    },
    {
      bytes: json(logsData([line], '/aws/lambda/orders')),
      result: 'function x1',
      why: 'a function can log any text',
    },
    {
      bytes: json(logsData([line.slice(0, -9)])),
      result: 'reject not-json at logEvents[0]',
      why: 'a record cut by a size limit',
    },
    { bytes: json(kinesisEvent([utf8('Hello World')])), result: 'skip other-log x1', why: 'text of another producer' },
    {
      bytes: json(kinesisEvent([utf8('{"eventVersion":')])),
      result: 'reject not-json at Records[0]',
      why: 'a cut record',
    },
    { bytes: json({ awslogs: { data: '***' } }), result: 'reject invalid-base64', why: 'not base64' },
    {
      bytes: json({ Events: [{ CloudTrailEvent: 'oops' }] }),
      result: 'reject not-json at Events[0].CloudTrailEvent',
      why: 'no record text',
    },
    {
      bytes: json({ Records: [null, 7, 'x', [first]] }),
      result:
        'event x1, reject not-an-object at Records[0], reject not-an-object at Records[1], reject not-an-object at Records[2]',
      why: 'no objects; a list is opened',
    },
    { bytes: json(42), result: 'reject not-an-object', why: 'JSON, but no object' },
    {
      bytes: json(eventBridgeEvent(undefined)),
      result: 'reject not-an-object at detail',
      why: 'an envelope without content',
    },
    { bytes: utf8('hello\nworld'), result: 'reject not-json', why: 'one rejection for text, not one a line' },
    { bytes: Buffer.from([0, 1, 2, 0xff, 0x7b, 0x0a]), result: 'reject not-json', why: 'binary junk' },
    {
      bytes: utf8(`${line}\n{"eventVersion":\n${line}\n`),
      result: 'event x2, reject not-json at line 2',
      why: 'a bad line among good ones',
    },
    { bytes: utf8(`# export\n${line}\n`), result: 'event x1, reject not-json at line 1', why: 'a banner in front' },
    {
      bytes: utf8(`[\n${line},\n${line},\n]`),
      result: 'event x2, reject not-json at line 1, reject not-json at line 4',
      why: 'a trailing comma in an array of a record a line',
    },
    { bytes: utf8(`{"Records":[${line},${line},]}`), result: 'event x2', why: 'a trailing comma' },
    {
      bytes: utf8(`{"Records":[${line},{"eventName":x},${line}]}`),
      result: 'event x2, reject not-json at Records[1]',
      why: 'one bad record in the middle',
    },
    {
      bytes: utf8(`{"Records":[${line},${line.slice(0, 90)}`),
      result: 'event x1, reject not-json',
      why: 'a download that stopped',
    },
    {
      bytes: utf8(`${line}${line}[] and more`),
      result: 'event x2, skip empty-container x1, reject not-json',
      why: 'what is around documents is not dropped in silence',
    },
    {
      bytes: utf8(`${line}{"eventName":"cut\n}${line}`),
      result: 'event x2, reject not-json',
      why: 'damage in the middle of joined documents',
    },
    {
      bytes: json({ Records: [JSON.parse('{"__proto__":{"eventName":"x"},"constructor":1}')] }),
      result: 'skip not-cloudtrail x1',
      why: 'prototype keys are just keys',
    },
  ])('$result: $why', ({ bytes, result }) => {
    expect(told(open(bytes))).toBe(result);
  });

  it.each([
    {
      limits: { fileBytes: 10 },
      bytes: json({ Records: RECORDS }),
      result: 'reject file-too-large',
      why: 'stored size',
    },
    {
      limits: { decompressedBytes: 1000 },
      bytes: gzipSync(Buffer.alloc(1_000_000, ' ')),
      result: 'reject decompressed-too-large',
      why: 'a gzip bomb',
    },
    {
      limits: { decompressedBytes: 3000 },
      bytes: json(kinesisEvent([1, 2, 3].map(() => gzipSync(Buffer.alloc(1400, 'x'))))),
      result: 'skip other-log x2, reject decompressed-too-large at Records[2]',
      why: 'small bombs that add up',
    },
    {
      limits: { recordBytes: 2000 },
      bytes: json({ Records: [first, { ...second, userAgent: 'x'.repeat(3000) }] }),
      result: 'event x1, reject record-too-large at Records[1]',
      why: 'one long record',
    },
    {
      limits: { recordBytes: 2000 },
      bytes: utf8(`${JSON.stringify(second)}\n${JSON.stringify({ ...second, userAgent: 'x'.repeat(3000) })}\n`),
      result: 'event x1, reject record-too-large at line 2',
      why: 'one long line',
    },
    {
      limits: { recordDepth: 20 },
      bytes: json({ Records: [first, { ...first, requestParameters: nested(30) }] }),
      result: 'event x1, reject too-deep at Records[1]',
      why: 'one deep record',
    },
    {
      limits: { envelopeDepth: 3 },
      bytes: utf8('[[[[[[]]]]]]'),
      result: 'reject too-deep at [0][0][0][0]',
      why: 'packaging alone',
    },
    {
      limits: { records: 2 },
      bytes: json({ Records: RECORDS }),
      result: 'event x2, reject too-many-records',
      why: 'a million small ones',
    },
  ])('$result within $limits ($why)', ({ limits, bytes, result }) => {
    expect(told(open(bytes, limits))).toBe(result);
  });

  it('tells a broken container from a bad record', () => {
    expect(open(utf8('nonsense')).partial).toBe(true);
    expect(open(gzipSync(json({ Records: RECORDS })).subarray(0, 300)).partial).toBe(true);
    expect(open(json({ Records: RECORDS }), { records: 2 }).partial).toBe(true);
    expect(open(json({ Records: [broken] })).partial).toBe(false);
  });

  it('keeps what came whole in front of a cut in the gzip stream', () => {
    const lines = gzipSync(utf8(`${line}\n`.repeat(200)), { level: 0 });
    const document = gzipSync(json({ Records: RECORDS }), { level: 0 });

    expect(told(open(lines.subarray(0, lines.length / 2 - 200)))).toBe('event x99, reject truncated-gzip');
    expect(told(open(document.subarray(0, document.length - 300)))).toBe('event x7, reject truncated-gzip');
  });

  it('trusts nothing of a gzip stream with wrong bytes', () => {
    const bytes = gzipSync(json({ Records: RECORDS }), { level: 0 });
    bytes[400] = (bytes[400] ?? 0) ^ 1;

    expect(told(open(bytes))).toBe('reject not-gzip');
  });

  it('counts lines on from the part of the file that came before', () => {
    expect(told(open(utf8(`${line}\n{"eventVersion"\n`), {}, 5000))).toBe('event x1, reject not-json at line 5002');
  });

  it('keeps no record with its rejection that could not be written out again', () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

    const { rejected } = open(utf8(`{"Records":[{"eventName":"x","eventID":"y","requestParameters":${deep}}]}`));

    expect(rejected.map(({ record }) => record)).toEqual([undefined]);
    expect(() => JSON.stringify(rejected)).not.toThrow();
  });

  it('opens records that do not stand by themselves between seams, with their places', () => {
    const nested = { ...first, eventID: 'nested', requestParameters: { items: [{ eventID: '1' }, { eventID: '2' }] } };
    const text = JSON.stringify({ Records: [first, nested, { eventVersion: '1.11' }, first] });
    const reordered = text.replace('{"eventVersion"', '{"eventID":"x","eventVersion"');

    for (const document of [text, reordered]) {
      const { events, rejected, read } = open(utf8(document));
      expect(events).toHaveLength(3);
      expect(read).toBe(4);
      expect([...rejected.map(({ position }) => position)].concat('Records[2]')).toContain('Records[2]');
    }
  });

  it('reads the base64 of both alphabets and of wrapped lines', () => {
    const plain = base64(json(first));
    const wrapped = plain
      .replace(/(.{76})/g, '$1\r\n')
      .replaceAll('+', '-')
      .replaceAll('/', '_');

    expect(told(open(json({ awslogs: { data: wrapped } })))).toBe('event x1');
  });
});

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
}
