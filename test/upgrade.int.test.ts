import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { defaultSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS, dayOf } from '@portcullis/event';
import { deliver, labNetworks, memorySource, simulate, smallWorld } from '@portcullis/lab';
import { decodeState, encodeState, type PipelineState, replay } from '@portcullis/pipeline';
import { decodeBaseline, encodeBaseline } from '@portcullis/pipeline/live';
import { describe, expect, it } from 'vitest';

const SEED = 23;
const world = smallWorld({ days: 21, volume: 0.4 });
/** When the baselines were stored. */
const upgraded = world.start + 14 * DAY_MS;
const files = [...deliver(simulate(world, SEED), SEED)];

/** Two weeks of this world, stored by the code that wrote version 1: see test/fixtures/README.md. */
const stored = gunzipSync(readFileSync(path.join(import.meta.dirname, 'fixtures/baselines-v1.ndjson.gz')))
  .toString('utf8')
  .split('\n')
  .map((line): readonly [actorId: string, bytes: string] => JSON.parse(line));

describe('baselines that the version before has stored', async () => {
  const before = await run({ to: upgraded });
  const saved = encodeState(before.state);
  const baselines = new Map(stored.map(([id, bytes]) => [id, decodeBaseline(Buffer.from(bytes, 'base64'))]));

  it('keep what was known of actors and values', () => {
    expect([...baselines.keys()].sort()).toEqual([...before.state.baselines.keys()].sort());
    for (const [actorId, kept] of before.state.baselines) {
      const read = baselines.get(actorId);
      const { firstDay, lastDay, activeDays, events } = kept;
      expect(read, actorId).toMatchObject({ firstDay, lastDay, activeDays, events });
      expect([...(read?.features.action.values ?? [])].sort(), actorId).toEqual(
        [...kept.features.action.values].sort(),
      );
    }
  });

  it('are written in the layout of today, and read back the same', () => {
    for (const baseline of baselines.values()) {
      const bytes = encodeBaseline(baseline);
      expect(encodeBaseline(decodeBaseline(bytes))).toEqual(bytes);
      expect(bytes[0]).toBe(2);
    }
  });

  it('give no alerts that others would not', async () => {
    const kept = await run({ from: upgraded, state: decodeState(saved) });
    const migrated = await run({ from: upgraded, state: { ...decodeState(saved), baselines } });

    const additional = [...migrated.told.keys()].filter((id) => !kept.told.has(id));
    expect(additional.map((id) => migrated.told.get(id)?.detail.data.title)).toEqual([]);
    const newcomers = [...migrated.state.baselines.values()].filter(({ firstDay }) => firstDay >= dayOf(upgraded));
    expect(newcomers.length).toBeLessThan(stored.length / 4);
  });
});

async function run(window: { from?: number; to?: number; state?: PipelineState }) {
  const told = new Map<string, AnomalyEvent>();
  const { state } = await replay(memorySource(files), {
    settings: defaultSettings,
    network: labNetworks(),
    alertAfter: upgraded,
    ...window,
    onAlert: (event) => told.set(event.detail.metadata.id, event),
    onReject: ({ message }) => expect.fail(message),
  });
  return { told, state };
}
