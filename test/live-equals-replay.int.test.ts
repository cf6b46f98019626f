import { defaultSettings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { DAY_MS } from '@portcullis/event';
import {
  deliver,
  labNetworks,
  logFileBytes,
  memorySource,
  simulate,
  smallWorld,
  stolenKeyStory,
} from '@portcullis/lab';
import { replay } from '@portcullis/pipeline';
import { describe, expect, it } from 'vitest';
import { comparedAlerts } from './support/compared-alerts.ts';
import { runLive } from './support/run-live.ts';

const SEED = 11;
const world = smallWorld({ days: 13, volume: 0.4 });
const files = [...deliver(simulate({ ...world, actors: [...world.actors, stolenKeyStory(world)] }, SEED), SEED)];
const alertAfter = world.start + 8 * DAY_MS;
const end = world.start + 13 * DAY_MS;

const told: AnomalyEvent[] = [];
const outcome = await replay(memorySource(files), {
  settings: defaultSettings,
  network: labNetworks(),
  alertAfter,
  onAlert: (event) => told.push(event),
  onReject: ({ message }) => expect.fail(message),
});

describe('the live lane tells what a replay of the same logs tells', () => {
  it.each([
    { options: {}, why: 'as it is deployed' },
    { options: { maxSegmentBytes: 6000, eventsPerSplit: 6 }, why: 'hours of many parts and many splits' },
  ])('$why', async ({ options }) => {
    const raw = files.map((file) => ({ id: file.path, origin: file.path, bytes: logFileBytes(file) }));
    const live = await runLive(raw, { settings: defaultSettings, network: labNetworks(), alertAfter, end, ...options });

    expect(live.late).toBe(0);
    expect(live.counted).toBe(outcome.unique);
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(comparedAlerts(live.events)).toEqual(comparedAlerts(told));
  });
});
