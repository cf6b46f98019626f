import { defaultSettings } from '@portcullis/config';
import type { AnomalyEvent, Decision } from '@portcullis/contract';
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
import { type PipelineState, replay } from '@portcullis/pipeline';
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

describe('the same events and decisions delivered otherwise give the same alerts', async () => {
  const detected = plain.filter(({ type }) => type === 'Anomaly Detected');
  const [dismissed, expected, confirmed] = detected.map(({ metadata, time }) => {
    const at = new Date(Date.parse(time) + 90 * 60_000).toISOString();
    return { version: '1', kind: 'verdict', at, episode: metadata.id, by: 'dana', reason: 'asked' } as const;
  });
  const audit = detected.at(-1);
  if (!dismissed || !expected || !confirmed || !audit) throw new Error('too few alerts');
  const decisions: readonly Decision[] = [
    { ...dismissed, verdict: 'dismissed' },
    { ...expected, verdict: 'expected', scope: { actors: ['*e*'], until: '2027-01-01T00:00:00Z' } },
    { ...confirmed, verdict: 'confirmed' },
    {
      version: '1',
      kind: 'declared-work',
      at: '2026-01-01T00:00:00Z',
      id: 'audit',
      title: 'Audit',
      owner: 'dana',
      from: new Date(Date.parse(audit.time) - 24 * 3_600_000).toISOString(),
      to: audit.time,
      actors: [audit.data.actor.id],
      actions: ['iam:*', 'ec2:*'],
      accounts: [],
    },
  ];

  const inOrder = await outcomeOf(files, decisions);

  it('other ones than without decisions', () => {
    expect(inOrder.alerts).not.toEqual(plain);
  });

  it.each<{ name: string; disturb: Disturbance }>([
    { name: 'files shuffled', disturb: shuffledFiles },
    { name: 'reordered within ten minutes', disturb: reordered },
  ])('$name, decisions in reverse', async ({ name, disturb }) => {
    const otherwise = await outcomeOf(disturb(files, randomStream(SEED, name)), decisions.toReversed());

    expect(otherwise.alerts).toEqual(inOrder.alerts);
    expect(otherwise.book.byId).toEqual(inOrder.book.byId);
  });
});

/** What is compared of two runs: every event but for when and how it was produced, by idempotency key. */
async function alertsOf(delivered: readonly LogFile[]): Promise<readonly ComparedAlert[]> {
  return (await outcomeOf(delivered)).alerts;
}

interface ComparedAlert {
  readonly type: string;
  readonly time: string;
  readonly metadata: Omit<AnomalyEvent['detail']['metadata'], 'producedAt' | 'mode'>;
  readonly data: Omit<AnomalyEvent['detail']['data'], 'latency'>;
}

async function outcomeOf(
  delivered: readonly LogFile[],
  decisions: readonly Decision[] = [],
): Promise<{ readonly alerts: readonly ComparedAlert[]; readonly book: PipelineState['alerts'] }> {
  const told: AnomalyEvent[] = [];
  const outcome = await replay(memorySource(delivered), {
    settings: defaultSettings,
    network: labNetworks(),
    alertAfter,
    decisions,
    onAlert: (event) => told.push(event),
    onReject({ reason, message }) {
      throw new Error(`${reason}: ${message}`);
    },
  });
  expect(outcome.late).toBe(0);
  const alerts = told
    .map(({ 'detail-type': type, time, detail: { metadata, data } }) => {
      const { producedAt: _producedAt, mode: _mode, ...kept } = metadata;
      const { latency: _latency, ...judged } = data;
      return { type, time, metadata: kept, data: judged };
    })
    .sort((a, b) => (a.metadata.idempotencyKey < b.metadata.idempotencyKey ? -1 : 1));
  return { alerts, book: outcome.state.alerts };
}

function episodes(alerts: readonly ComparedAlert[]): ReadonlySet<string> {
  return new Set(alerts.map(({ metadata }) => metadata.id));
}
