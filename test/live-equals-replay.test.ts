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
const world = smallWorld({ days: 20 });
const files = [...deliver(simulate({ ...world, actors: [...world.actors, stolenKeyStory(world)] }, SEED), SEED)];
const alertAfter = world.start + 14 * DAY_MS;
const end = world.start + 20 * DAY_MS;

describe('the live lane', () => {
  it('tells what a replay of the same logs tells', async () => {
    const told: AnomalyEvent[] = [];
    const outcome = await replay(memorySource(files), {
      settings: defaultSettings,
      network: labNetworks(),
      alertAfter,
      onAlert: (event) => told.push(event),
      onReject: ({ message }) => expect.fail(message),
    });

    const live = await runLive(
      files.map((file) => ({ id: file.path, origin: file.path, bytes: logFileBytes(file) })),
      { settings: defaultSettings, network: labNetworks(), alertAfter, end },
    );

    expect(live.late).toBe(0);
    expect(live.counted).toBe(outcome.unique);
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(comparedAlerts(live.events)).toEqual(comparedAlerts(told));
  });
});
