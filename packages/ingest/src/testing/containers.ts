import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

export type RawRecord = Record<string, unknown>;

/** Records of every identity type, written after the AWS documentation; see test/fixtures/README.md. */
export const RECORDS: readonly RawRecord[] = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/cloudtrail/records.json', import.meta.url), 'utf8'),
);

export function utf8(text: string): Buffer {
  return Buffer.from(text);
}

export function json(value: unknown): Buffer {
  return utf8(JSON.stringify(value));
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export function logsData(messages: readonly string[], logGroup = 'CloudTrail/logs'): RawRecord {
  return {
    messageType: 'DATA_MESSAGE',
    owner: '111122223333',
    logGroup,
    logStream: '111122223333_CloudTrail_eu-west-1',
    subscriptionFilters: ['to-kinesis'],
    logEvents: messages.map((message, index) => ({ id: `3195310660696${index}`, timestamp: 1772442900000, message })),
  };
}

export function kinesisEvent(payloads: readonly Uint8Array[]): RawRecord {
  return {
    Records: payloads.map((payload, index) => ({
      kinesis: {
        partitionKey: 'k',
        sequenceNumber: `${index}`,
        data: base64(payload),
        approximateArrivalTimestamp: 1772442901.5,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `shardId-000000000000:${index}`,
      eventName: 'aws:kinesis:record',
      awsRegion: 'eu-west-1',
    })),
  };
}

export function eventBridgeEvent(record: unknown, detailType = 'AWS API Call via CloudTrail'): RawRecord {
  return {
    version: '0',
    id: 'e-1',
    'detail-type': detailType,
    source: 'aws.iam',
    account: '111122223333',
    detail: record,
  };
}

/** Every packaging that CloudTrail records come in, as a function from records to bytes. */
export const PACKAGINGS: Readonly<Record<string, (records: readonly unknown[]) => Buffer>> = {
  's3 object': (records) => json({ Records: records }),
  's3 object, gzip': (records) => gzipSync(json({ Records: records })),
  's3 object, pretty-printed': (records) => utf8(JSON.stringify({ Records: records }, null, 2)),
  array: (records) => json(records),
  'json lines': (records) => utf8(records.map((record) => `${JSON.stringify(record)}\n`).join('')),
  'json lines, CRLF and blank lines': (records) =>
    utf8(records.map((record) => `${JSON.stringify(record)}\r\n\r\n`).join('')),
  'json lines, gzip, a member each': (records) =>
    Buffer.concat(records.map((record) => gzipSync(utf8(`${JSON.stringify(record)}\n`)))),
  'joined without line breaks': (records) => utf8(records.map((record) => JSON.stringify(record)).join('')),
  'pretty-printed one after the other': (records) =>
    utf8(records.map((record) => JSON.stringify(record, null, 2)).join('\n')),
  'byte order mark': (records) => utf8(`\ufeff${JSON.stringify({ Records: records })}`),
  'UTF-16': (records) => Buffer.from(`\ufeff${JSON.stringify({ Records: records })}`, 'utf16le'),
  LookupEvents: (records) =>
    json({ Events: records.map((record) => ({ EventId: '1', CloudTrailEvent: JSON.stringify(record) })) }),
  'LookupEvents pages': (records) =>
    json(records.map((record) => ({ Events: [{ CloudTrailEvent: JSON.stringify(record) }] }))),
  EventBridge: (records) => json(records.map((record) => eventBridgeEvent(record))),
  'CloudWatch Logs': (records) => json(logsData(records.map((record) => JSON.stringify(record)))),
  'CloudWatch Logs to Lambda': (records) =>
    json({ awslogs: { data: base64(gzipSync(json(logsData(records.map((record) => JSON.stringify(record)))))) } }),
  'CloudWatch Logs through Firehose': (records) =>
    Buffer.concat(records.map((record) => gzipSync(json(logsData([JSON.stringify(record)]))))),
  'CloudWatch Logs through Kinesis': (records) =>
    json(kinesisEvent(records.map((record) => gzipSync(json(logsData([JSON.stringify(record)])))))),
  'EventBridge through Kinesis': (records) =>
    json(kinesisEvent(records.map((record) => json(eventBridgeEvent(record))))),
  'EventBridge through CloudWatch Logs': (records) =>
    json(
      logsData(
        records.map((record) => JSON.stringify(eventBridgeEvent(record))),
        '/aws/events/audit',
      ),
    ),
  'Firehose transformation': (records) =>
    json({
      invocationId: 'i',
      records: records.map((record, index) => ({ recordId: `${index}`, data: base64(json(record)) })),
    }),
  'SQS of EventBridge': (records) =>
    json({
      Records: records.map((record) => ({
        messageId: 'm',
        eventSource: 'aws:sqs',
        awsRegion: 'eu-west-1',
        body: JSON.stringify(eventBridgeEvent(record)),
      })),
    }),
  'SNS of EventBridge': (records) =>
    json({
      Records: records.map((record) => ({
        EventSource: 'aws:sns',
        Sns: { Message: JSON.stringify(eventBridgeEvent(record)) },
      })),
    }),
  'labelled lines': (records) =>
    utf8(records.map((record) => `${JSON.stringify({ event: record, label: { attack: false } })}\n`).join('')),
  'wrapped in data': (records) => json([{ data: { Records: records }, description: 'a test' }]),
};
