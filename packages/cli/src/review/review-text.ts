import { differenceOf, type PrincipalReview } from '@portcullis/review';
import Table from 'cli-table3';
import { amount } from '../amount.ts';
import { printable } from '../terminal-text.ts';

/** Verdict, actions, risk that goes, calls; the principal takes the rest. */
const FIXED_WIDTHS = [12, 18, 14, 18] as const;
const MIN_NAME = 24;

/** One line for each proposal, the most worth first, and how the others fared. */
export function overviewText(reviews: readonly PrincipalReview[], columns: number): string {
  const table = new Table({
    head: ['principal', 'proposal', 'actions', 'risk removed', 'calls checked'],
    colWidths: [Math.max(MIN_NAME, columns - 6 - FIXED_WIDTHS.reduce((sum, width) => sum + width, 0)), ...FIXED_WIDTHS],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  const proposals = reviews.filter((one) => one.kind === 'proposed' || one.kind === 'unused');
  for (const one of proposals) {
    table.push([
      printable(one.principal.arn),
      one.kind === 'unused' ? 'retire' : 'narrow',
      `${number(one.actionsBefore)} to ${number(one.actionsAfter)}`,
      `${number(one.riskRemoved)} of ${number(one.riskBefore)}`,
      `${number(one.checked.kept)}, 0 broken`,
    ]);
  }
  const others = reviews.filter((one) => one.kind === 'refused' || one.kind === 'kept');
  const reasons = Map.groupBy(others, (one) => `${one.kind}: ${one.reason}`);
  return [
    ...(proposals.length > 0 ? [table.toString()] : ['no proposals']),
    `${amount(reviews.filter(({ kind }) => kind === 'tight').length, 'principal')} with nothing to take away`,
    ...[...reasons].map(
      ([reason, all]) => `${amount(all.length, 'principal')} ${reason} (${printable(all[0]?.detail ?? '')})`,
    ),
    '',
  ].join('\n');
}

/** One principal: what changes and the policies in full. */
export function detailText(one: PrincipalReview): string {
  const head = printable(`${one.principal.arn}`);
  switch (one.kind) {
    case 'refused':
    case 'kept':
      return `${head}\n  ${one.kind}: ${one.reason} (${printable(one.detail)})\n\n`;
    case 'tight':
      return `${head}\n  nothing to take away; ${amount(one.checked.kept, 'call')} checked\n\n`;
    default: {
      const { checked, span, activeDays, riskRemoved, riskBefore } = one;
      const days = span === undefined ? 0 : span.lastDay - span.firstDay + 1;
      return [
        head,
        `  ${one.kind === 'unused' ? 'never used' : `used on ${activeDays} days`} of ${amount(days, 'day')} of logs`,
        `  takes ${number(riskRemoved)} of ${number(riskBefore)} risk; ${amount(checked.kept, 'observed call')} kept, 0 broken, 0 undecided` +
          `${checked.elsewhere > 0 ? `, ${number(checked.elsewhere)} allowed elsewhere` : ''}`,
        '',
        ...differenceOf(one).map(({ sign, text }) => `${sign} ${printable(text)}`),
        '',
        ...one.documents.flatMap((document) => [printableJson(document), '']),
        '',
      ].join('\n');
    }
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).split('\n').map(printable).join('\n');
}
