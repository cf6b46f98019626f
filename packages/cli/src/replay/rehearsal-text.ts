import { isoTime, MINUTE_MS } from '@portcullis/event';
import type { RehearsedCut } from '@portcullis/respond';
import Table from 'cli-table3';
import { amount } from '../amount.ts';
import { printable } from '../terminal-text.ts';
import type { RehearsalSummary } from './response-rehearsal.ts';

/** What a policy would have done: each cut with what it would have denied, then the sums by who would have started it. */
export function rehearsalText({ plans, cuts, withheld }: RehearsalSummary): string {
  const lines = [`What the response policy would have done about ${amount(plans, 'alert')}:`];
  if (cuts.length === 0) lines.push('  nothing');
  else lines.push(table(cuts));
  for (const start of ['rule', 'person'] as const) {
    const own = cuts.filter((cut) => cut.start === start);
    if (own.length === 0) continue;
    const unusual = sum(own, ({ blocked }) => blocked.unusual);
    const usual = sum(own, ({ blocked }) => blocked.usual);
    const [fastest, ...others] = own.map(({ timeToCutMs }) => timeToCutMs).sort((a, b) => a - b);
    const middle = [fastest, ...others][Math.floor(own.length / 2)] ?? 0;
    lines.push(
      `${start === 'rule' ? 'by rule' : 'had a person approved at once'}: ${amount(own.length, 'cut')}, ` +
        `${amount(unusual, 'unusual call')} blocked, ${amount(usual, 'usual call')} blocked of ${sum(own, ({ usualCalls }) => usualCalls)} ` +
        `seen, ${sum(own, ({ undecided }) => undecided)} undecided; half within ${Math.round(middle / MINUTE_MS)} minutes`,
    );
  }
  const causes = Object.entries(withheld).map(([cause, count]) => `${cause} ${count}`);
  if (causes.length > 0) lines.push(`left out: ${causes.join(', ')}`);
  return lines.join('\n');
}

function table(cuts: readonly RehearsedCut[]): string {
  const grid = new Table({
    head: ['when', 'cut', 'from whom', 'start', 'unusual', 'usual', 'undecided'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right'],
  });
  for (const { cut, start, at, blocked, undecided } of cuts) {
    const target = printable(cut.target.slice(cut.target.lastIndexOf(':') + 1));
    grid.push([isoTime(at), cut.action, target, start, blocked.unusual, blocked.usual, undecided]);
  }
  return grid.toString();
}

function sum(cuts: readonly RehearsedCut[], figure: (cut: RehearsedCut) => number): number {
  return cuts.reduce((total, cut) => total + figure(cut), 0);
}
