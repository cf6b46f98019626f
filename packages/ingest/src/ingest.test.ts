import { describe, expect, it } from 'vitest';
import type { LogKind } from './envelopes/log-group-of.ts';
import { InvalidLimitError } from './errors.ts';
import { createIngest } from './ingest.ts';
import { json, PACKAGINGS, RECORDS } from './testing/containers.ts';
import { API_ACCESS, FLOW_LINES } from './testing/edge-logs.ts';
import { compareEitherWay, openedEitherWay } from './testing/either-way.ts';
import { fuzz } from './testing/fuzz.ts';

const network = (address: string) => ({ kind: 'unknown' as const, address, prefix: address });

describe('createIngest', () => {
  it.each(Object.entries(PACKAGINGS))('makes the same events of the same records in %s', (_name, pack) => {
    const inS3 = createIngest({ network }).container(PACKAGINGS['s3 object']?.(RECORDS) ?? Buffer.alloc(0));

    expect(createIngest({ network }).container(pack(RECORDS)).events).toEqual(inS3.events);
  });

  it('names the limit that cannot work', () => {
    expect(() => createIngest({ network, limits: { records: 0 } })).toThrow(InvalidLimitError);
    expect(() => createIngest({ network, limits: { records: 0 } })).toThrow('limit records must be a whole number');
  });

  it.each(RECORDS.map((record) => ({ record })))(
    'makes the same of $record.eventName, scanned or parsed',
    ({ record }) => {
      const { scanned, parsed } = openedEitherWay()(json({ Records: [record, record] }));

      expect(scanned).toEqual(parsed);
    },
  );

  it('makes the same of 3,000 damaged containers, scanned or parsed, as long as they are JSON', () => {
    expect(compareEitherWay(1, 3000)).toBeGreaterThan(500);
  });

  it('accounts for every record of 2,000 mutated containers', () => {
    const count = fuzz(1, 2000);

    expect(count.events).toBeGreaterThan(500);
    expect(count.rejected).toBeGreaterThan(500);
    expect(count.partial).toBeGreaterThan(50);
  });
});

describe('subscriptions to log groups', () => {
  const sent = (owner: string, logGroup: string) =>
    new TextEncoder().encode(
      JSON.stringify({ messageType: 'DATA_MESSAGE', owner, logGroup, logEvents: [{ message: 'no record' }] }),
    );

  it.each([
    { owner: '123456789012', logGroup: 'trail', rejected: [], why: 'listed' },
    { owner: '210987654321', logGroup: 'trail', rejected: ['foreign-log-source'], why: 'another account' },
    { owner: '123456789012', logGroup: 'other', rejected: ['foreign-log-source'], why: 'another log group' },
  ])('of $owner, $logGroup ($why): rejected $rejected', ({ owner, logGroup, rejected }) => {
    const logSources = [{ owner: '123456789012', logGroup: 'trail' }];
    const result = createIngest({ network, logSources }).container(sent(owner, logGroup));

    expect(result.rejected.map(({ reason }) => reason)).toEqual(rejected);
    expect(result.read).toBe(1);
  });

  it('are believed about what the group may hold, and about nothing else: who may write to one forges no call', () => {
    const lines = [
      JSON.stringify(RECORDS[0]),
      JSON.stringify(API_ACCESS[0]),
      FLOW_LINES[1] ?? '',
      'REPORT RequestId: 8286a188-ba32-4475-8077-530cd35c09a9\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t\n',
    ];
    const logEvents = lines.map((message, at) => ({ id: `${at}`, timestamp: 1_772_442_900_000, message }));
    const taken = (holds: LogKind, logStream: string) => {
      const source = { owner: '123456789012', logGroup: 'group' };
      const of = JSON.stringify({ messageType: 'DATA_MESSAGE', ...source, logStream, logEvents });
      const logSources = [{ ...source, holds }];
      const read = createIngest({ network, logSources }).container(Buffer.from(of));
      const { events, functionEvents, apiEvents, flowEvents, skipped } = read;
      const counts = [events, functionEvents, apiEvents, flowEvents].map(({ length }) => length);
      return [...counts, [...skipped.values()].reduce((sum, count) => sum + count, 0)];
    };

    expect(taken('cloudtrail', 'trail')).toEqual([1, 0, 0, 0, 3]);
    expect(taken('api', 'requests')).toEqual([0, 0, 1, 0, 3]);
    expect(taken('flow', 'eni-1235b8ca123456789-all')).toEqual([0, 0, 0, 1, 3]);
    expect(taken('function', 'forged')).toEqual([0, 0, 0, 0, 4]);
    expect(taken('function', '2026/03/02/orders[$LATEST]0123456789abcdef')).toEqual([0, 4, 0, 0, 0]);
  });

  it('so are objects of a bucket', () => {
    const lines = Buffer.from(FLOW_LINES.slice(0, 3).join('\n'));
    const ingest = createIngest({ network });

    expect(ingest.container(lines, 0, 'flow').flowEvents).toHaveLength(2);
    expect(ingest.container(lines, 0, 'cloudtrail').flowEvents).toEqual([]);
    expect(ingest.container(json({ Records: RECORDS }), 0, 'flow').events).toEqual([]);
    expect(ingest.container(json({ Records: RECORDS }), 0, 'cloudtrail').events).toHaveLength(RECORDS.length);
  });

  it('are taken from anybody where none is listed', () => {
    expect(createIngest({ network }).container(sent('1', 'x')).rejected).toEqual([]);
  });
});
