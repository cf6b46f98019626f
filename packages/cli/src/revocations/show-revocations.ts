import process from 'node:process';
import { isoTime } from '@portcullis/event';
import {
  endsAt,
  historyOf,
  type LedgerEntry,
  listRevocations,
  type Revocation,
  revocationRecord,
} from '@portcullis/respond';
import Table from 'cli-table3';
import { ExitCode } from '../exit-code.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import type { RevocationArguments } from './aws-desk.ts';
import { type Desk, theRevocation } from './desk.ts';

export interface ListArguments extends RevocationArguments {
  readonly alert?: string;
}

/** `portcullis revocations list`. */
export async function listCommand(
  options: ListArguments,
  desk: Desk,
  out: Pick<NodeJS.WriteStream, 'write'> = process.stdout,
): Promise<ExitCode> {
  const all = await listRevocations(desk.ports.ledger, { alert: options.alert });
  if (options.json) out.write(all.map((one) => jsonLine(revocationRecord(one))).join(''));
  else if (all.length === 0) out.write('nothing is under way\n');
  else out.write(table(all));
  return ExitCode.done;
}

/** `portcullis revocations show`. */
export async function showCommand(
  id: string,
  options: ListArguments,
  desk: Desk,
  out: Pick<NodeJS.WriteStream, 'write'> = process.stdout,
): Promise<ExitCode> {
  const revocation = await theRevocation(desk, id, options.alert);
  const history = await historyOf(desk.ports.ledger, revocation);
  out.write(
    options.json
      ? jsonLine({ ...revocationRecord(revocation), history })
      : `${inFull(revocation, history).map(printable).join('\n')}\n`,
  );
  return ExitCode.done;
}

function table(all: readonly Revocation[]): string {
  const rows = new Table({ head: ['id', 'state', 'cut', 'on', 'ends', 'alert'], style: { head: [], border: [] } });
  for (const revocation of all) {
    const { lease } = revocation;
    const { cut, plan } = lease;
    rows.push([lease.id, stateOf(revocation), cut.action, cut.target, endOf(revocation), plan.alert.id].map(printable));
  }
  return `${rows.toString()}\n`;
}

/** `proposed, 1 of 2`: how many approved of those it takes. */
function stateOf({ lease }: Revocation): string {
  const { state, approvedBy, approvalsNeeded, onHold } = lease;
  if (state === 'proposed' && approvalsNeeded > 1) return `proposed, ${approvedBy.length} of ${approvalsNeeded}`;
  return onHold ? `${state}, on hold` : state;
}

function endOf({ lease }: Revocation): string {
  const end = endsAt(lease);
  return end === undefined ? 'by a person' : isoTime(end);
}

function inFull(revocation: Revocation, history: readonly LedgerEntry[]): readonly string[] {
  const { lease, standing } = revocation;
  const { cut, plan } = lease;
  return [
    `${lease.id}  ${stateOf(revocation)}`,
    `cut: ${cut.action} on ${cut.target}${cut.region === undefined ? '' : ` in ${cut.region}`}`,
    ...(cut.actions.length === 0 ? [] : [`denies: ${cut.actions.join(', ')}`]),
    `why: ${cut.reason}`,
    `alert: ${plan.alert.id}, ${plan.severity}, of ${plan.actor.name}; rule ${plan.rule}`,
    `in the account: ${STANDINGS[standing]}`,
    `ends: ${endOf(revocation)}; undone: ${cut.reversible}`,
    ...(lease.approvedBy.length === 0 ? [] : [`approved by: ${lease.approvedBy.join(', ')}`]),
    ...(plan.linked.length === 0 ? [] : [`no say in it have: ${plan.linked.join(', ')}`]),
    '',
    ...history.map(({ at, change }) => `${isoTime(at)}  ${change.kind}${toldOf(change)}`),
  ];
}

const STANDINGS: Readonly<Record<Revocation['standing'], string>> = {
  off: 'nothing of it is there',
  applying: 'on the way in',
  on: 'as we wrote it',
  removing: 'on the way out',
  conflict: 'somebody changed what we wrote; nothing is touched until a person decides',
};

function toldOf(change: LedgerEntry['change']): string {
  const parts = [
    'by' in change ? `by ${change.by}` : '',
    'step' in change ? `at ${change.step}` : '',
    'cause' in change ? change.cause : '',
    'reason' in change ? change.reason : '',
    'differences' in change ? change.differences.map(({ path }) => path).join(', ') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}
