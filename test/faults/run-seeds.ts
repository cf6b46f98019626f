import { Worker } from 'node:worker_threads';
import type { SeedResult } from './run-seed.ts';

/** Seeds that a worker takes at a time. */
const AT_ONCE = 10;

/** What a worker is asked for. */
export interface SeedsAsked {
  readonly from: number;
  readonly to: number;
  readonly mutation?: string | undefined;
}

export interface RunSeeds extends SeedsAsked {
  readonly workers: number;
  /** Told of seeds as they are done, in no order. */
  onResults(results: readonly SeedResult[]): void;
}

/** Runs seeds side by side; each is by itself, so that how many run at once does not show. */
export async function runSeeds({ from, to, mutation, workers, onResults }: RunSeeds): Promise<void> {
  let next = from;
  const work = async () => {
    const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), {
      execArgv: [],
      // What a seed makes lives as long as the seed
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    try {
      while (next <= to) {
        const asked: SeedsAsked = { from: next, to: Math.min(to, next + AT_ONCE - 1), mutation };
        next = asked.to + 1;
        onResults(await answerOf(worker, asked));
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

function answerOf(worker: Worker, asked: SeedsAsked): Promise<readonly SeedResult[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (results: readonly SeedResult[]) => {
      worker.off('error', reject);
      resolve(results);
    });
    worker.postMessage(asked);
  });
}
