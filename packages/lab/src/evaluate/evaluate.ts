import { Worker } from 'node:worker_threads';
import type { Settings } from '@portcullis/config';
import type { Loudness } from '../organization.ts';
import type { OrganizationFigures } from './figures.ts';
import type { OrganizationMessage, OrganizationTask } from './organization-task.ts';
import type { EvaluationProgress } from './progress.ts';

/** What to measure. */
export interface EvaluationOptions {
  /** Of the first organization; the others follow. */
  readonly seed: number;
  readonly half: 'tuning' | 'test';
  readonly organizations: number;
  /** Members of each, about. */
  readonly actors: number;
  readonly learnDays: number;
  readonly judgeDays: number;
  readonly budgets: readonly number[];
  readonly loudness: readonly Loudness[];
  /** Attacks of each loudness, on all organizations together. */
  readonly attacksPerLoudness: number;
  /** In one run; the share of actors under attack should stay small. */
  readonly attacksPerRun: number;
  /** Only these stories; empty for all of the half. */
  readonly stories: readonly string[];
  readonly declared: boolean;
  readonly ablationBudget?: number | undefined;
  readonly settings: Settings;
  /** Threads; one organization each at a time. */
  readonly workers: number;
}

/** Pages of the young generation, in MiB: records live for microseconds, and collecting less often costs less. */
const YOUNG_GENERATION_MIB = 64;

/**
 * Measures organizations, several at a time, each in a thread of its own.
 *
 * The figures come in the order of the seeds and are the same for any number of threads.
 */
export async function evaluate(
  options: EvaluationOptions,
  { signal, onProgress }: { readonly signal?: AbortSignal; onProgress?(progress: EvaluationProgress): void } = {},
): Promise<readonly OrganizationFigures[]> {
  const tasks = tasksOf(options);
  const shares = tasks.map(() => 0);
  const figures: OrganizationFigures[] = [];
  let next = 0;
  let done = 0;
  const told = () =>
    onProgress?.({
      organizations: tasks.length,
      done,
      share: shares.reduce((sum, share) => sum + share, 0) / Math.max(1, tasks.length),
    });
  const work = async () => {
    for (let index = next++; index < tasks.length; index = next++) {
      const task = tasks[index];
      if (task === undefined) return;
      figures[index] = await measured(task, signal, (share) => {
        shares[index] = share;
        told();
      });
      shares[index] = 1;
      done++;
      told();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.workers) }, work));
  return figures;
}

/** One task per organization; attacks are shared out evenly, the first ones take what is left over. */
export function tasksOf(options: EvaluationOptions): readonly OrganizationTask[] {
  const {
    seed,
    half,
    organizations,
    actors,
    stories,
    attacksPerLoudness,
    attacksPerRun,
    workers: _,
    ...rest
  } = options;
  let offset = 0;
  return Array.from({ length: organizations }, (_unused, index): OrganizationTask => {
    const perLoudness = Math.floor((attacksPerLoudness + organizations - 1 - index) / organizations);
    const task = { seed: seed + index, offset, perLoudness, perRun: attacksPerRun, ...rest };
    offset += perLoudness;
    return { seed: seed + index, half, actors, storyIds: stories, options: task };
  });
}

function measured(
  task: OrganizationTask,
  signal: AbortSignal | undefined,
  onShare: (share: number) => void,
): Promise<OrganizationFigures> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL('./organization-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
    });
    const stop = () => void worker.terminate();
    signal?.addEventListener('abort', stop);
    worker.on('message', (message: OrganizationMessage) =>
      'figures' in message ? resolve(message.figures) : onShare(message.share),
    );
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(signal?.aborted ? signal.reason : new Error(`measuring organization ${task.seed} ended without figures`));
    });
  });
}
