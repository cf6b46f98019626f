import process from 'node:process';
import { isoTime } from '@portcullis/event';
import { missingIn, type Revocation, recordedApprover, type Said, takeAnswer, type Verb } from '@portcullis/respond';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { parseTime } from '../replay/time-option.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import type { RevocationArguments } from './aws-desk.ts';
import { type Desk, theRevocation } from './desk.ts';

export interface AnswerArguments extends RevocationArguments {
  readonly reason?: string;
  readonly until?: string;
}

/** `portcullis revocations approve | reject | revert | extend | hold`. @throws {UsageError} where the answer is not taken, saying why */
export async function answerCommand(
  verb: Verb,
  id: string,
  options: AnswerArguments,
  desk: Desk,
  out: Pick<NodeJS.WriteStream, 'write'> = process.stdout,
): Promise<ExitCode> {
  const said = {
    reason: (options.reason ?? '').trim(),
    until: options.until === undefined ? undefined : parseTime(options.until, '--until'),
  };
  const missing = missingIn(verb, said);
  if (missing !== undefined) throw new UsageError(`${verb} takes ${MISSING[missing]}`);
  const revocation = await theRevocation(desk, id);
  const caller = await desk.caller();
  const taken = await takeAnswer(verb, revocation, caller, said, desk.ports, desk.goOn);
  if (taken.kind === 'refused') throw new UsageError(`not taken: ${taken.reason}`);
  const by = recordedApprover(caller);
  out.write(
    options.json
      ? jsonLine({ id: revocation.lease.id, answer: verb, outcome: taken.kind, by })
      : `${printable(`${revocation.lease.id}: ${TOLD[taken.kind](revocation, said)}, as ${by}`)}\n`,
  );
  return ExitCode.done;
}

const MISSING = { reason: 'a --reason', until: 'a time, --until' } as const;

/** What became of an answer, in words. */
const TOLD = {
  approved: ({ lease }: Revocation) =>
    `approved; ${lease.cut.action} is put in force now, see portcullis revocations show`,
  'one-of-two': () => 'approved; it takes one more person',
  rejected: () => 'rejected; it is not proposed again for this alert',
  held: () => 'stays until somebody says otherwise',
  extended: (_: Revocation, { until = 0 }: Said) => `ends at ${isoTime(until)}`,
  'asked-for': () => 'is being taken back, see portcullis revocations show',
} as const;
