import process from 'node:process';
import type { ResponsePolicy, Settings } from '@portcullis/config';
import type { Decision } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import { fileSource, type LogSource, type PipelineState } from '@portcullis/pipeline';
import { readDecisions } from '../decisions/read-decisions.ts';
import { UsageError } from '../errors.ts';
import { readState } from '../read-state.ts';
import { loadResponsePolicy } from './load-response-policy.ts';
import { loadSettings } from './load-settings.ts';
import { requireWritable } from './output-file.ts';
import { parseTime } from './time-option.ts';

/** The options as typed. */
export interface ReplayArguments {
  readonly json?: boolean;
  readonly summary?: string;
  readonly alertAfter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly config?: string;
  readonly responsePolicy?: string;
  readonly decisions?: readonly string[];
  readonly rejects?: string;
  readonly report?: string;
  readonly loadState?: string;
  readonly saveState?: string;
}

/** The options checked and read; nothing can be wrong with them any more. */
export interface ReplayRequest {
  readonly source: LogSource;
  readonly settings: Settings;
  /** What it would have done is told along with the alerts. */
  readonly responsePolicy: ResponsePolicy | undefined;
  readonly json: boolean;
  readonly alertAfter: EpochMs | undefined;
  readonly from: EpochMs | undefined;
  readonly to: EpochMs | undefined;
  readonly decisions: readonly Decision[];
  readonly state: PipelineState | undefined;
  readonly summaryFile: string | undefined;
  readonly rejectsFile: string | undefined;
  readonly reportFile: string | undefined;
  readonly saveStateFile: string | undefined;
}

/**
 * Checks everything before the work starts, so that an hour of replay does not end in a typing slip.
 *
 * @throws {UsageError}
 * @throws {ConfigurationError}
 * @throws {NoReadablePathError} one readable path is enough; the others are told as rejects
 */
export async function readRequest(paths: readonly string[], options: ReplayArguments): Promise<ReplayRequest> {
  const time = (text: string | undefined, option: string) => (text === undefined ? undefined : parseTime(text, option));
  const from = time(options.from, '--from');
  const to = time(options.to, '--to');
  const alertAfter = time(options.alertAfter, '--alert-after');
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError(`--from ${options.from} is not before --to ${options.to}, so nothing would be read`);
  }
  if (paths.filter((path) => path === '-').length > 1) throw new UsageError('- (standard input) can be read only once');
  const settings = await loadSettings(options.config);
  for (const [file, option] of [
    [options.summary, '--summary'],
    [options.rejects, '--rejects'],
    [options.report, '--report'],
    [options.saveState, '--save-state'],
  ] as const) {
    if (file !== undefined) await requireWritable(file, option);
  }
  return {
    source: fileSource(paths, { stdin: process.stdin, limits: settings.limits }),
    settings,
    responsePolicy: options.responsePolicy === undefined ? undefined : await loadResponsePolicy(options.responsePolicy),
    json: options.json ?? false,
    alertAfter,
    from,
    to,
    decisions: await readDecisions(options.decisions ?? []),
    state: options.loadState === undefined ? undefined : await readState(options.loadState, '--load-state'),
    summaryFile: options.summary,
    rejectsFile: options.rejects,
    reportFile: options.report,
    saveStateFile: options.saveState,
  };
}
