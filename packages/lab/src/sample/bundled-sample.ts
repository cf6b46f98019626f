import { DAY_MS, type EpochMs, HOUR_MS } from '@portcullis/event';
import { type Labels, labelsOf } from '../attacks/labels.ts';
import { stolenKeyStory } from '../attacks/stolen-key.ts';
import { deliver } from '../delivery/deliver.ts';
import type { LogFile } from '../delivery/log-file.ts';
import { simulate } from '../simulate.ts';
import { smallWorld } from '../worlds/small-world.ts';

export const SAMPLE_SEED = 7;
const DAYS = 8;
const VOLUME = 0.1;

export interface BundledSample {
  readonly files: readonly LogFile[];
  readonly labels: Labels;
  /** Learn before, alert after: two days before the end, the evening before the attack begins. */
  readonly alertAfter: EpochMs;
}

/** The sample that comes with the command: the small world, thinned out, in half-day files to keep it small. */
export function bundledSample(): BundledSample {
  const world = smallWorld({ days: DAYS, volume: VOLUME });
  const story = stolenKeyStory(world);
  const records = [...simulate({ ...world, actors: [...world.actors, story] }, SAMPLE_SEED)];
  return {
    files: [...deliver(records, SAMPLE_SEED, { everyMs: 12 * HOUR_MS })],
    labels: labelsOf(story, records),
    alertAfter: world.start + (DAYS - 2) * DAY_MS,
  };
}
