import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import { type ActorDescription, describeActor, type PipelineState, reachedBy } from '@portcullis/pipeline';
import {
  type DigestActor,
  type DigestAlert,
  digest,
  type Posture,
  review,
  usageFromBaselines,
} from '@portcullis/review';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { isSystemError, readState } from '../read-state.ts';
import { parseTime } from '../replay/time-option.ts';
import { readPrincipals } from '../review/review-request.ts';
import { jsonLine } from '../terminal-text.ts';
import { digestMarkdown } from './digest-markdown.ts';

/** The options as typed. */
export interface DigestArguments {
  readonly state: string;
  readonly from?: string;
  readonly to?: string;
  readonly details?: readonly string[];
  readonly posture?: string;
  readonly json?: boolean;
}

const WEEK_DAYS = 7;

/** `portcullis digest`: a week in a page, on standard output. */
export async function digestCommand(options: DigestArguments): Promise<ExitCode> {
  const state = await readState(options.state, '--state');
  const { from, to } = spanOf(options, state);
  const principals = options.details && (await readPrincipals(options.details));
  const told = digest({
    from,
    to,
    alerts: [...state.alerts.byId.values()].map(
      ({ event, told, closed, answer, again }): DigestAlert => ({
        event,
        told,
        closed,
        verdict: answer?.verdict,
        againHours: again?.hours ?? 0,
      }),
    ),
    actors: [...state.baselines.keys()]
      .map((id) => describeActor(state, id))
      .filter((one) => one !== undefined)
      .map(actorOf),
    ...(principals && { reviews: review(principals, usageFromBaselines(state)) }),
    ...(options.posture !== undefined && { posture: await readPosture(options.posture) }),
  });
  process.stdout.write(options.json ? jsonLine(told) : digestMarkdown(told));
  return ExitCode.done;
}

function spanOf({ from, to }: DigestArguments, state: PipelineState): { readonly from: EpochMs; readonly to: EpochMs } {
  const end = to === undefined ? reachedBy(state) : parseTime(to, '--to');
  if (!Number.isFinite(end))
    throw new UsageError('--state: nothing was learned in it yet, so there is no week to sum up');
  const begin = from === undefined ? end - WEEK_DAYS * DAY_MS : parseTime(from, '--from');
  if (begin >= end)
    throw new UsageError(`--from: has to be earlier than ${new Date(end).toISOString()}, where the digest ends`);
  return { from: begin, to: end };
}

function actorOf({ id, known, firstDay, lastDay, features }: ActorDescription): DigestActor {
  return {
    id,
    kind: known?.kind ?? 'unknown',
    name: known?.name ?? id,
    firstDay,
    lastDay,
    usual: features.flatMap(({ feature, named }) =>
      named.map(({ value, count, firstDay: since }) => ({ feature, value, count, firstDay: since })),
    ),
  };
}

/** @throws {UsageError} where the file is not what `posture --json` prints */
async function readPosture(file: string): Promise<Posture> {
  try {
    const report: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isPosture(report)) return report;
    throw new UsageError(`--posture: ${file} is not what portcullis posture --json prints`);
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !isSystemError(cause)) throw cause;
    throw new UsageError(`--posture: ${file}: ${cause.message}`, { cause });
  }
}

function isPosture(value: unknown): value is Posture {
  if (typeof value !== 'object' || value === null || !('counts' in value) || !('version' in value)) return false;
  const { counts, version } = value;
  return (
    version === '1' && typeof counts === 'object' && counts !== null && Object.values(counts).every(Number.isInteger)
  );
}
