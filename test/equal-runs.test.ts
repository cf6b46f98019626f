import { defaultSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import {
  type Disturbance,
  deliver,
  duplicated,
  type LogFile,
  labNetworks,
  memorySource,
  randomStream,
  reordered,
  resplit,
  shuffledFiles,
  simulate,
  smallWorld,
  stolenKeyStory,
} from '@portcullis/lab';
import { replay } from '@portcullis/pipeline';
import { describe, expect, it } from 'vitest';

const SEED = 11;
const world = smallWorld({ days: 22 });
const story = stolenKeyStory(world);
const files = [...deliver(simulate({ ...world, actors: [...world.actors, story] }, SEED), SEED)];
const alertAfter = world.start + 14 * 24 * 60 * 60 * 1000;

const plain = await alertsOf(files);

describe('the same events delivered otherwise give the same alerts', () => {
  it('finds at least five in plain delivery', () => {
    expect(episodes(plain).size).toBeGreaterThanOrEqual(5);
  });

  it.each<{ name: string; disturb: Disturbance; why: string }>([
    { name: 'duplicated', disturb: duplicated, why: 'two trails, redelivery' },
    { name: 're-split', disturb: resplit, why: 'file boundaries carry no meaning' },
    { name: 'files shuffled', disturb: shuffledFiles, why: 'a folder listing has no order' },
    { name: 'reordered within ten minutes', disturb: reordered, why: 'CloudTrail delivers out of order' },
  ])('$name ($why)', async ({ name, disturb }) => {
    const otherwise = await alertsOf(disturb(files, randomStream(SEED, name)));

    expect(otherwise).toEqual(plain);
    expect(episodes(otherwise).size).toBeGreaterThanOrEqual(5);
  });
});

/** What is compared of two runs: every event but for when and how it was produced, by idempotency key. */
async function alertsOf(delivered: readonly LogFile[]): Promise<readonly object[]> {
  const told: AnomalyEvent[] = [];
  const outcome = await replay(memorySource(delivered), {
    settings: defaultSettings,
    network: labNetworks(),
    alertAfter,
    onAlert: (event) => told.push(event),
    onReject({ reason, message }) {
      throw new Error(`${reason}: ${message}`);
    },
  });
  expect(outcome.late).toBe(0);
  return told
    .map(({ 'detail-type': type, detail: { metadata, data } }) => {
      const { producedAt: _producedAt, mode: _mode, ...kept } = metadata;
      const { latency: _latency, ...judged } = data;
      return { type, metadata: kept, data: judged };
    })
    .sort((a, b) => (a.metadata.idempotencyKey < b.metadata.idempotencyKey ? -1 : 1));
}

function episodes(alerts: readonly object[]): ReadonlySet<string> {
  return new Set(alerts.map((alert) => JSON.stringify(alert, ['metadata', 'id'])));
}
