import process from 'node:process';
import { isoTime } from '@portcullis/event';
import {
  type Approver,
  extendLease,
  holdLease,
  type Revocation,
  recordApproval,
  recordedApprover,
  rejectLease,
  whyLinked,
} from '@portcullis/respond';
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

export type Answer = 'approve' | 'reject' | 'revert' | 'extend' | 'hold';

/** What became of an answer: for machines, and in words. */
interface Told {
  readonly kind: string;
  readonly text: string;
}

/** `portcullis revocations approve | reject | revert | extend | hold`. @throws {UsageError} where the answer is not taken, saying why */
export async function answerCommand(
  answer: Answer,
  id: string,
  options: AnswerArguments,
  desk: Desk,
  out: Pick<NodeJS.WriteStream, 'write'> = process.stdout,
): Promise<ExitCode> {
  const reason = (options.reason ?? '').trim();
  if (answer !== 'approve' && answer !== 'extend' && reason === '') throw new UsageError(`${answer} takes a --reason`);
  const until = options.until === undefined ? undefined : parseTime(options.until, '--until');
  const revocation = await theRevocation(desk, id);
  const caller = await desk.caller();
  const { kind, text } = await ANSWERS[answer](revocation, caller, { reason, until }, desk);
  const by = recordedApprover(caller);
  out.write(
    options.json
      ? jsonLine({ id: revocation.lease.id, answer, outcome: kind, by })
      : `${printable(`${revocation.lease.id}: ${text}, as ${by}`)}\n`,
  );
  return ExitCode.done;
}

interface Said {
  readonly reason: string;
  readonly until: number | undefined;
}

type TakeAnswer = (revocation: Revocation, caller: Approver, said: Said, desk: Desk) => Promise<Told>;

const ANSWERS: Readonly<Record<Answer, TakeAnswer>> = {
  async approve({ restriction, lease }, caller, _, { ports, goOn }) {
    const { kind } = taken(await recordApproval(restriction, lease.id, caller, ports));
    if (kind === 'one-of-two') return { kind, text: 'approved; it takes one more person' };
    await goOn({});
    return { kind, text: `approved; ${lease.cut.action} is put in force now, see portcullis revocations show` };
  },
  async reject({ restriction, lease }, caller, { reason }, { ports }) {
    const { kind } = taken(await rejectLease(restriction, lease.id, caller, reason, ports));
    return { kind, text: 'rejected; it is not proposed again for this alert' };
  },
  async revert({ restriction, lease }, caller, { reason }, { goOn }) {
    const linked = whyLinked(caller, lease);
    if (linked !== undefined) throw new UsageError(`not taken: ${linked}`);
    await goOn({ revert: { restriction, lease: lease.id, approver: caller, reason } });
    return { kind: 'asked-for', text: 'is being taken back, see portcullis revocations show' };
  },
  async extend({ restriction, lease }, caller, { until }, { ports }) {
    if (until === undefined) throw new UsageError('extend takes a time, --until');
    const { kind } = taken(await extendLease(restriction, lease.id, caller, until, ports));
    return { kind, text: `ends at ${isoTime(until)}` };
  },
  async hold({ restriction, lease }, caller, { reason }, { ports }) {
    const { kind } = taken(await holdLease(restriction, lease.id, caller, reason, ports));
    return { kind, text: 'stays until somebody says otherwise' };
  },
};

function taken<T extends { readonly kind: string }>(
  outcome: T | { readonly kind: 'refused'; readonly reason: string },
): T {
  if (outcome.kind === 'refused') throw new UsageError(`not taken: ${'reason' in outcome ? outcome.reason : ''}`);
  return outcome as T;
}
