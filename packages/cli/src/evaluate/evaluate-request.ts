import { availableParallelism } from 'node:os';
import type { EpochMs } from '@portcullis/event';
import type { EvaluationOptions } from '@portcullis/lab';
import { UsageError } from '../errors.ts';
import { parseNumber, parseWords } from '../number-option.ts';
import { loadSettings } from '../replay/load-settings.ts';
import { requireWritable } from '../replay/output-file.ts';
import { parseTime } from '../replay/time-option.ts';

/** The options as typed. */
export interface EvaluateArguments {
  readonly full?: boolean;
  readonly tenth?: boolean;
  readonly seed?: string;
  readonly half?: string;
  readonly organizations?: string;
  readonly actors?: string;
  readonly learnDays: string;
  readonly judgeDays: string;
  readonly attacksPerLoudness?: string;
  readonly attacksPerRun?: string;
  readonly loudness: string;
  readonly stories?: string;
  readonly budgets?: string;
  readonly declared?: boolean;
  readonly ablation?: boolean;
  readonly config?: string;
  readonly workers?: string;
  readonly verbose?: boolean;
  readonly json?: string;
  readonly html?: string;
  readonly background?: string;
  readonly attack?: readonly string[];
  readonly alertAfter?: string;
}

/** Where the results go. */
interface EvaluationOutput {
  readonly verbose: boolean;
  readonly jsonFile: string | undefined;
  readonly htmlFile: string | undefined;
}

/** Recordings to measure on instead of simulated organizations. */
export interface RecordingsRequest {
  readonly background: string;
  readonly attacks: readonly string[];
  /** Learn before; half of the background when absent. */
  readonly alertAfter: EpochMs | undefined;
}

export interface EvaluateRequest {
  readonly options: EvaluationOptions;
  readonly recordings: RecordingsRequest | undefined;
  readonly output: EvaluationOutput;
}

type Size = Pick<EvaluationOptions, 'half' | 'organizations' | 'actors' | 'attacksPerLoudness' | 'attacksPerRun'> & {
  readonly budgets: string;
};

/** For an answer within minutes while something is tuned. */
const QUICK: Size = {
  half: 'tuning',
  organizations: 4,
  actors: 150,
  attacksPerLoudness: 40,
  attacksPerRun: 10,
  budgets: '1,3,10',
};
/** 60 hundred-actor-weeks and 200 attacks of each loudness, on worlds and stories that nothing was tuned on. */
const FULL: Size = {
  half: 'test',
  organizations: 10,
  actors: 300,
  attacksPerLoudness: 200,
  attacksPerRun: 15,
  budgets: '1,3,10',
};
/** Two smaller organizations, for two cores. */
const TENTH: Size = { ...FULL, organizations: 2, actors: 150, attacksPerLoudness: 20, attacksPerRun: 10 };

/**
 * Checks everything before an hour of work.
 *
 * @throws {UsageError}
 * @throws {ConfigurationError}
 */
export async function readEvaluateRequest(given: EvaluateArguments): Promise<EvaluateRequest> {
  if (given.full && given.tenth) throw new UsageError('--full and --tenth exclude each other');
  const size = given.full ? FULL : given.tenth ? TENTH : QUICK;
  const whole = (text: string | undefined, option: string, usual: number, min: number, max?: number) =>
    text === undefined ? usual : parseNumber(text, option, { min, ...(max !== undefined && { max }) });
  const budgets = (given.budgets ?? size.budgets)
    .split(',')
    .map((text) => parseNumber(text, '--budgets', { min: 0.1, max: 100, fraction: true }));
  const half = parseWords(given.half ?? size.half, '--half', ['tuning', 'test'])[0] ?? size.half;
  const options: EvaluationOptions = {
    half,
    budgets,
    seed: whole(given.seed, '--seed', 1, 0),
    organizations: whole(given.organizations, '--organizations', size.organizations, 1, 1000),
    actors: whole(given.actors, '--actors', size.actors, 10, 10_000),
    learnDays: whole(given.learnDays, '--learn-days', 21, 1, 365),
    judgeDays: whole(given.judgeDays, '--judge-days', 14, 2, 365),
    attacksPerLoudness: whole(given.attacksPerLoudness, '--attacks-per-loudness', size.attacksPerLoudness, 0),
    attacksPerRun: whole(given.attacksPerRun, '--attacks-per-run', size.attacksPerRun, 1),
    loudness: parseWords(given.loudness, '--loudness', ['loud', 'medium', 'quiet']),
    stories: given.stories === undefined ? [] : await knownStories(given.stories, half),
    declared: given.declared ?? false,
    ablationBudget: given.ablation ? middleOf(budgets) : undefined,
    settings: await loadSettings(given.config),
    workers: whole(given.workers, '--workers', availableParallelism(), 1, 64),
  };
  for (const [file, option] of [
    [given.json, '--json'],
    [given.html, '--html'],
  ] as const) {
    if (file !== undefined) await requireWritable(file, option);
  }
  return {
    options,
    recordings: recordingsOf(given),
    output: { verbose: given.verbose ?? false, jsonFile: given.json, htmlFile: given.html },
  };
}

/** The budget that single figures are shown at. */
export function middleOf(budgets: readonly number[]): number {
  return budgets.toSorted((a, b) => a - b)[Math.floor((budgets.length - 1) / 2)] ?? 1;
}

function recordingsOf({ background, attack, alertAfter }: EvaluateArguments): RecordingsRequest | undefined {
  if (background === undefined) {
    if (attack !== undefined) throw new UsageError('--attack needs --background: somebody whose days are usual');
    if (alertAfter !== undefined) throw new UsageError('--alert-after goes with --background');
    return undefined;
  }
  return {
    background,
    attacks: attack ?? [],
    alertAfter: alertAfter === undefined ? undefined : parseTime(alertAfter, '--alert-after'),
  };
}

async function knownStories(text: string, half: string): Promise<readonly string[]> {
  const { STORIES } = await import('@portcullis/lab');
  return parseWords(
    text,
    '--stories',
    STORIES.filter((story) => story.half === half).map(({ id }) => id),
  );
}
