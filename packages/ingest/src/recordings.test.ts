import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createIngest } from './ingest.ts';
import { openedEitherWay } from './testing/either-way.ts';

/**
 * Recordings of others, kept outside the repository for their licenses. Counted apart by
 * test/independent-count.py; where the two differ, one of them is wrong.
 */
const RECORDINGS = new URL('../../../../shared/data/dev/', import.meta.url).pathname;

function count(path: string): Record<string, number> {
  const ingest = createIngest({ network: (address) => ({ kind: 'unknown', address, prefix: address }) });
  const counts: Record<string, number> = {};
  const add = (name: string, amount: number) => {
    counts[name] = (counts[name] ?? 0) + amount;
  };
  const unique = new Set<string>();
  for (const file of filesIn(path)) {
    const result = ingest.container(readFileSync(file));
    add('read', result.read);
    add('events', result.events.length);
    if (result.functionEvents.length > 0) add('functionEvents', result.functionEvents.length);
    result.events.forEach(({ account, id }) => {
      unique.add(`${account} ${id}`);
    });
    result.skipped.forEach((amount, reason) => {
      add(reason, amount);
    });
    result.rejected.forEach(({ reason }) => {
      add(reason, 1);
    });
  }
  return { ...counts, unique: unique.size };
}

function filesIn(path: string): string[] {
  return statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(json|ndjson|gz)$/.test(name))
        .sort()
        .map((name) => join(path, name));
}

describe.skipIf(!existsSync(RECORDINGS))('recordings (skipped where ../shared/data/dev is absent)', () => {
  it.each([
    {
      path: 'invictus',
      counts: { read: 1900, events: 1899, unique: 1899, 'not-cloudtrail': 1 },
      why: 'labels.json is no log',
    },
    {
      path: 'otrf',
      counts: { read: 104, events: 103, unique: 103, 'not-cloudtrail': 1 },
      why: 'times under @timestamp',
    },
    {
      path: 'stratus',
      counts: { read: 171, events: 170, unique: 170, 'not-cloudtrail': 1 },
      why: 'arrays, newest first',
    },
    {
      path: 'synthetic_background/AWSLogs',
      counts: { read: 6540, events: 6540, unique: 6507 },
      why: '0.5 % duplicates',
    },
    { path: 'formats/trailscraper', counts: { read: 4, events: 4, unique: 2 }, why: 'one file twice, gzip or not' },
    {
      path: 'formats/streamalert',
      counts: { read: 4, events: 0, unique: 0, 'cloudtrail-insight': 1, 'control-message': 1, 'invalid-event-time': 2 },
      why: 'event times that say "eventTime" and "foo"',
    },
    {
      path: 'formats/datadog-forwarder',
      counts: { read: 58, events: 4, unique: 3, functionEvents: 49, 'other-log': 5 },
      why: 'log lines of functions, in groups of any name',
    },
    {
      path: 'formats/aws-lambda-go',
      counts: { read: 9, events: 0, unique: 0, 's3-notification': 1, 'not-cloudtrail': 1, 'other-log': 7 },
      why: 'Lambda events with text in them',
    },
    {
      path: 'formats/aws-lambda-go/cloudwatch-logs-event.json',
      counts: { read: 2, events: 0, unique: 0, 'other-log': 2 },
      why: 'base64 of gzip',
    },
    {
      path: 'formats/aws-lambda-go/kinesis-event.json',
      counts: { read: 2, events: 0, unique: 0, 'other-log': 2 },
      why: 'plain text',
    },
  ])('$path: $counts ($why)', ({ path, counts }) => {
    expect(count(join(RECORDINGS, path))).toEqual(counts);
  });

  it('reads what Lambda reports, also where a forwarder escaped it twice', () => {
    const ingest = createIngest({ network: (address) => ({ kind: 'unknown', address, prefix: address }) });
    const reports = filesIn(join(RECORDINGS, 'formats/datadog-forwarder'))
      .flatMap((file) => ingest.container(readFileSync(file)).functionEvents)
      .flatMap(({ of, moment }) => (moment.kind === 'report' ? [[of.name, moment.status, moment.report]] : []));

    const hello = { durationMs: 619.31, billedMs: 700, memoryMb: 128, maxMemoryMb: 118, initMs: undefined };
    const storms = { durationMs: 1.76, billedMs: 100, memoryMb: 128, maxMemoryMb: 48, initMs: 120.96 };
    expect(reports).toEqual([
      ['storms-cloudwatch-event', 'success', storms],
      ['hello-dog-node-dev-hello12x', 'success', hello],
      ['storms-cloudwatch-event', 'success', { ...storms, durationMs: 3003.16, billedMs: 3000, initMs: 127.02 }],
      ['hello-dog-node-dev-hello12x', 'success', hello],
    ]);
  });

  it('makes the same of every file, scanned or parsed', () => {
    const open = openedEitherWay();
    for (const file of filesIn(RECORDINGS)) {
      const { scanned, parsed } = open(unpacked(readFileSync(file)));
      expect(scanned, file).toEqual(parsed);
    }
  });
});

function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}
