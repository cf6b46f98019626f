import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ActivityEvent } from '@portcullis/event';
import { describe, expect, it } from 'vitest';
import { createNormalizer } from './normalize.ts';
import { isNotAnEvent } from './not-an-event.ts';

const DATA = new URL('../../../../../shared/data/dev/', import.meta.url).pathname;

/** Recordings are third-party data that lie beside the checkout; without them these tests are skipped. */
describe.skipIf(!existsSync(DATA))('real records (skipped where the recordings are absent)', () => {
  it.each([
    { folder: 'invictus', files: '*.json.gz', records: 1899, why: 'an attacked account, two thirds Terraform' },
    { folder: 'otrf', files: '*.ndjson', records: 103, why: 'Logstash took eventTime away' },
    { folder: 'stratus', files: '*.json', records: 170, why: 'anonymized, with impossible regions and addresses' },
    { folder: 'synthetic_background', files: 'AWSLogs/**/*.json.gz', records: 6540, why: 'fourteen quiet days' },
  ])('normalizes all $records of $folder ($why)', ({ folder, files, records }) => {
    const events = eventsIn(folder, files);

    expect(events).toHaveLength(records);
    expect(events.filter(({ actor }) => actor.peerGroup === 'unknown')).toEqual([]);
    expect(events.filter(({ account }) => account === 'unknown')).toEqual([]);
  });

  it('calls the callers without a type by the service that acted', () => {
    const typeless = eventsIn('invictus', '*.json.gz').filter(({ identityType }) => identityType === 'Unknown');

    expect(typeless).toHaveLength(42);
    expect(new Set(typeless.map(({ actor }) => actor.kind))).toEqual(new Set(['service']));
  });

  it('finds one actor per caller of the synthetic background', () => {
    const events = eventsIn('synthetic_background', 'AWSLogs/**/*.json.gz');
    const byKind = Object.groupBy(new Set(events.map(({ actor }) => actor)), ({ kind }) => kind);

    expect(Object.fromEntries(Object.entries(byKind).map(([kind, actors]) => [kind, actors.length]))).toEqual({
      person: 6,
      role: 5,
      service: 1,
      user: 2,
    });
  });

  it('sees no public or foreign grant in the background', () => {
    const events = eventsIn('synthetic_background', 'AWSLogs/**/*.json.gz');

    const grants = events.flatMap((event) => event.grants);

    expect(grants.filter(({ reach }) => reach !== 'own-account')).toEqual([]);
  });
});

function eventsIn(folder: string, pattern: string): readonly ActivityEvent[] {
  const normalize = createNormalizer({
    network: (address) => ({ kind: 'unknown', address, prefix: address }),
  });
  return globSync(pattern, { cwd: `${DATA}${folder}` })
    .filter((file) => !file.endsWith('labels.json'))
    .flatMap((file) => recordsOf(readFileSync(`${DATA}${folder}/${file}`)))
    .map((record) => {
      const result = normalize(record);
      if (isNotAnEvent(result)) throw new Error(`${folder}: ${JSON.stringify(result)}`);
      return result;
    });
}

function recordsOf(bytes: Buffer): readonly object[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  try {
    const parsed = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : (parsed.Records ?? [parsed]);
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  }
}
