import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Log group that the made-up subscription belongs to. */
export const LOG_GROUP = 'aws-cloudtrail-logs';

/** As many as CloudWatch Logs may pack; more gain nothing. */
const EVENTS_PER_RECORD = 200;

/** What of a record decides when and by which log stream it comes; the rest passes as it is. */
export interface TrailRecord {
  readonly eventTime: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
}

/** One record of the raw stream. */
export interface SubscriptionRecord {
  readonly key: string;
  readonly data: Uint8Array;
}

/** All records below a path, in the order of their time. Files hold `{"Records":[…]}` or lines, compressed or not. */
export function readTrail(place: string): readonly TrailRecord[] {
  const files = statSync(place).isDirectory()
    ? globSync('**/*.{json,ndjson,jsonl,json.gz,ndjson.gz}', { cwd: place }).map((file) => path.join(place, file))
    : [place];
  const records = files.sort().flatMap((file) => recordsIn(readFileSync(file)));
  return records.sort((a, b) => (a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : 0));
}

/** Whatever else lies in the folder holds no records. */
function recordsIn(bytes: Buffer): readonly TrailRecord[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  return documentsIn(text).flatMap(({ Records, ...record }) =>
    (Records ?? [record]).filter((one): one is TrailRecord => one.eventTime !== undefined),
  );
}

type Document = Partial<TrailRecord> & { readonly Records?: readonly TrailRecord[] };

/** One document, or one a line. */
function documentsIn(text: string): readonly Document[] {
  try {
    return [JSON.parse(text)];
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line): Document => JSON.parse(line));
  }
}

/** Records as a subscription of the trail's log group puts them into Kinesis: gzip of a message of one account and region. */
export function* subscriptionRecords(records: readonly TrailRecord[]): Generator<SubscriptionRecord> {
  const streams = Map.groupBy(records, (record) => `${record.recipientAccountId}_CloudTrail_${record.awsRegion}`);
  for (const [logStream, own] of streams) {
    for (let at = 0; at < own.length; at += EVENTS_PER_RECORD) {
      yield {
        key: logStream,
        data: gzipSync(JSON.stringify(message(logStream, own.slice(at, at + EVENTS_PER_RECORD)))),
      };
    }
  }
}

function message(logStream: string, records: readonly TrailRecord[]): object {
  return {
    messageType: 'DATA_MESSAGE',
    owner: records[0]?.recipientAccountId,
    logGroup: LOG_GROUP,
    logStream,
    subscriptionFilters: ['portcullis'],
    logEvents: records.map((record) => {
      const text = JSON.stringify(record);
      const id = createHash('sha256').update(text).digest('hex').slice(0, 56);
      return { id, timestamp: Date.parse(record.eventTime), message: text };
    }),
  };
}
