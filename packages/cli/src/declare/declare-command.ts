import { createHash } from 'node:crypto';
import process from 'node:process';
import { parseDecision } from '@portcullis/contract';
import { isoTime } from '@portcullis/event';
import { appendDecisions } from '../decisions/append-decision.ts';
import { decidedBy } from '../decisions/decided-by.ts';
import { ExitCode } from '../exit-code.ts';
import { requireWritable } from '../replay/output-file.ts';
import { parseTime } from '../replay/time-option.ts';
import { jsonLine, printable } from '../terminal-text.ts';

export interface DeclareArguments {
  readonly decisions: string;
  readonly title: string;
  readonly owner?: string;
  readonly from: string;
  readonly to: string;
  readonly actor: readonly string[];
  readonly action: readonly string[];
  readonly account?: readonly string[];
  readonly id?: string;
  readonly at?: string;
  readonly json?: boolean;
}

/**
 * `portcullis declare`: announces planned work.
 *
 * @throws {UsageError}
 * @throws {DecisionError}
 */
export async function declareCommand(options: DeclareArguments): Promise<ExitCode> {
  const { title, actor, action, account = [] } = options;
  const from = parseTime(options.from, '--from');
  const to = parseTime(options.to, '--to');
  const at = options.at === undefined ? Date.now() : parseTime(options.at, '--at');
  const owner = decidedBy(options.owner);
  const decision = parseDecision({
    version: '1',
    kind: 'declared-work',
    at: isoTime(at),
    id: options.id ?? idOf([title, owner, isoTime(from), ...actor]),
    title,
    owner,
    from: isoTime(from),
    to: isoTime(to),
    actors: actor,
    actions: action,
    accounts: account,
  });
  await requireWritable(options.decisions, '--decisions');
  await appendDecisions(options.decisions, [decision]);
  if (options.json) process.stdout.write(jsonLine(decision));
  else process.stdout.write(`${printable(`declared: ${title} by ${owner}, ${isoTime(from)} to ${isoTime(to)}`)}\n`);
  if (at > from) process.stderr.write(`${printable(lateNote(at, to))}\n`);
  return ExitCode.done;
}

/** The same work declared again takes the place of the first. */
function idOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

function lateNote(at: number, to: number): string {
  return at >= to
    ? 'that is over, so this covers nothing; answer its alerts with portcullis alerts expected, or give --at if it was told in time'
    : `told after it began: covers what happens from ${isoTime(at)} on; give --at if it was told earlier`;
}
