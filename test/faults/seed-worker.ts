import { parentPort } from 'node:worker_threads';
import { mutationOf } from './mutations.ts';
import { runSeed, type SeedResult } from './run-seed.ts';
import type { SeedsAsked } from './run-seeds.ts';

/** Runs the seeds it is asked for and answers with what became of them. */
parentPort?.on('message', async ({ from, to, mutation }: SeedsAsked) => {
  const results: SeedResult[] = [];
  for (let seed = from; seed <= to; seed++) results.push(await runSeed(seed, mutationOf(mutation)));
  parentPort?.postMessage(results);
});
