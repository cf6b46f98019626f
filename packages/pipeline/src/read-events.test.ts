import { defaultSettings } from '@portcullis/config';
import { lookupWithoutData } from '@portcullis/ingest';
import { expect, it } from 'vitest';
import type { LogSource } from './log-source.ts';
import { readEvents } from './read-events.ts';

it('tells each event once and accounts for every record', async () => {
  const ids: string[] = [];
  const rejected: string[] = [];
  const outcome = await readEvents(source(), {
    settings: defaultSettings,
    network: lookupWithoutData,
    onEvent: ({ id }) => ids.push(id),
    onReject: ({ file, reason }) => rejected.push(`${file} ${reason}`),
  });

  expect(ids).toEqual(['1', '2']);
  expect(rejected).toEqual(['b missing-event-time', 'c unreadable-file']);
  expect(outcome).toEqual({ read: 6, unique: 2, duplicates: 1, rejected: 2, skipped: 1, partial: true });
});

async function* source(): LogSource {
  yield container('a', [aRecord('1'), aRecord('1')]);
  yield container('b', [
    aRecord('2'),
    { ...aRecord('3'), eventTime: undefined },
    { eventType: 'AwsCloudTrailInsight', awsRegion: 'eu-west-1', eventVersion: '1' },
  ]);
  yield { name: 'c', rejection: { reason: 'unreadable-file', message: 'gone', position: '' } };
}

function container(name: string, records: readonly object[]) {
  const bytes = Buffer.from(JSON.stringify({ Records: records }));
  return { name, bytes, precedingLines: 0, laterStartsAt: undefined };
}

function aRecord(eventID: string) {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', principalId: 'AIDA1', arn: 'arn:aws:iam::111122223333:user/a', userName: 'a' },
    eventTime: '2026-11-23T10:15:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    awsRegion: 'eu-west-1',
    eventID,
    recipientAccountId: '111122223333',
  };
}
