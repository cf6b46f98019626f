import { describe, expect, it } from 'vitest';
import { InvalidLimitError } from './errors.ts';
import { createIngest } from './ingest.ts';
import { json, PACKAGINGS, RECORDS } from './testing/containers.ts';
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

  it('are taken from anybody where none is listed', () => {
    expect(createIngest({ network }).container(sent('1', 'x')).rejected).toEqual([]);
  });
});
