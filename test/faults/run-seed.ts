import { randomStream } from '@portcullis/lab';
import { type Checked, checkRun } from './check-run.ts';
import { faultWorld } from './fault-world.ts';
import type { Mutation } from './mutations.ts';
import { runPlatform } from './platform.ts';

export interface SeedResult extends Checked {
  readonly seed: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly steps: number;
}

/** Everything in a run follows from its seed. */
export async function runSeed(seed: number, mutation?: Mutation): Promise<SeedResult> {
  // Every tenth has logs beside CloudTrail's; the others cost what they did
  const world = faultWorld(randomStream(seed, 'world'), seed % 10 === 0 ? randomStream(seed, 'logs') : undefined);
  const run = await runPlatform(world, randomStream(seed, 'platform'), mutation);
  const checked = await checkRun(world, run);
  return { ...checked, seed, faults: run.faults, steps: run.steps };
}

export function faultsOf({ faults }: Pick<SeedResult, 'faults'>): number {
  return [...faults.values()].reduce((sum, count) => sum + count, 0);
}
