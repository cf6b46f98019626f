import {
  type GroupReview,
  peerText,
  portText,
  type Rule,
  type Segmentation,
  type StatementChange,
  type TrafficRecord,
} from '@portcullis/review';
import Table from 'cli-table3';
import { amount, grouped } from '../amount.ts';
import { printable } from '../terminal-text.ts';

/** Rules, exposure, conversations; the group takes the rest. */
const FIXED_WIDTHS = [14, 18, 22] as const;
const MIN_NAME = 28;

/** One line for each proposal, those that take most first, and how the others fared. */
export function segmentOverview(
  {
    segmentation: { groups, demands },
    record,
    functions,
  }: {
    readonly segmentation: Segmentation;
    readonly record: TrafficRecord;
    readonly functions: readonly StatementChange[];
  },
  columns: number,
): string {
  const table = new Table({
    head: ['security group', 'rules', 'exposure removed', 'conversations'],
    colWidths: [Math.max(MIN_NAME, columns - 5 - FIXED_WIDTHS.reduce((sum, width) => sum + width, 0)), ...FIXED_WIDTHS],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  let proposals = 0;
  for (const one of groups) {
    if (one.kind !== 'proposed') continue;
    proposals += 1;
    const after = one.changes.reduce((sum, { kind, by }) => sum + (kind === 'keep' ? 1 : by.length), 0);
    table.push([
      printable(`${one.group.name} (${one.group.id})`),
      `${one.changes.length} to ${after}`,
      `${grouped(one.exposureRemoved)} of ${grouped(one.exposureBefore)}`,
      `${grouped(one.checked.kept)}, 0 broken`,
    ]);
  }
  const refused = groups.filter((one) => one.kind === 'refused');
  const removable = functions.filter(({ kind }) => kind === 'remove');
  return [
    proposals > 0 ? table.toString() : 'no proposals',
    `${amount(groups.filter(({ kind }) => kind === 'tight').length, 'group')} with nothing to take away`,
    ...[...Map.groupBy(refused, ({ reason }) => reason)].map(
      ([reason, all]) => `${amount(all.length, 'group')} refused: ${reason} (${printable(all[0]?.detail ?? '')})`,
    ),
    ...removable.map(({ functionArn, statement }) =>
      printable(`${functionArn}: statement ${statement.sid} was not used by anybody; remove it`),
    ),
    ...(functions.length > 0
      ? [`${amount(functions.length - removable.length, 'statement')} of functions stay (--json says why)`]
      : []),
    `${amount(record.accepted, 'accepted flow')}, ${grouped(record.rejected)} rejected; ${amount(demands.unknownInterfaces.size, 'interface')} that the exports do not know, ` +
      `${amount(demands.unexplained, 'conversation')} that no rule of today allows, ${amount(record.unplaced, 'flow')} of others`,
    '',
  ].join('\n');
}

/** One group: each rule and what becomes of it. */
export function segmentDetail(one: GroupReview, names: ReadonlyMap<string, string>): string {
  const head = printable(`${one.group.name} (${one.group.id}), ${amount(one.members, 'interface')}`);
  if (one.kind === 'refused') return `${head}\n  refused: ${one.reason} (${printable(one.detail)})\n\n`;
  const days = one.span.lastDay - one.span.firstDay + 1;
  return [
    head,
    `  in use on ${one.activeDays} of ${amount(days, 'day')} of logs`,
    `  takes ${grouped(one.exposureRemoved)} of ${grouped(one.exposureBefore)} exposure; ${amount(one.checked.kept, 'observed conversation')} kept, 0 broken, 0 undecided`,
    '',
    ...one.changes.flatMap(({ rule, kind, by, why, activeDays }) => {
      const used = activeDays === 0 ? 'nothing rested on it' : `in use on ${amount(activeDays, 'day')}`;
      const note = why === 'seldom-used' ? `${used}: rare use stays` : used;
      return [
        printable(`${kind === 'keep' ? ' ' : '-'} ${ruleText(rule, names)}  (${note})`),
        ...by.map((made) => printable(`+ ${ruleText(made, names)}`)),
      ];
    }),
    '',
    '',
  ].join('\n');
}

/** `ingress tcp 5432 from orders-api`. */
export function ruleText(rule: Rule, names: ReadonlyMap<string, string>): string {
  const nameOf = (id: string) => (names.has(id) ? `${names.get(id)} (${id})` : id);
  return `${rule.direction} ${portText(rule)} ${rule.direction === 'ingress' ? 'from' : 'to'} ${peerText(rule.peer, nameOf)}`;
}
