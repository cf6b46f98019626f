import type { AnomalyEvent, PlannedStep, Severity } from '@portcullis/contract';
import Table from 'cli-table3';
import picocolors from 'picocolors';
import { printable } from '../terminal-text.ts';
import { rarityText } from './rarity-text.ts';

export interface ReportStyle {
  readonly colors: boolean;
  /** Width of the terminal, in columns. */
  readonly columns: number;
}

const MIN_COLUMNS = 80;
const MAX_COLUMNS = 140;
const INDENT = '  ';
/** Detector, bits, impact, adds; what was found takes the rest. Padding is part of a column's width, borders are not. */
const FIXED_WIDTHS = [19, 7, 8, 7] as const;
const BORDERS = FIXED_WIDTHS.length + 2;
const PADDING = 2;
const ASCII = /^[\x20-\x7e]*$/;

/** One alert as an on-call reader wants it: what, who, when, why, how rare, and what would be cut. */
export function alertReport(event: AnomalyEvent, style: ReportStyle): string {
  const { data, metadata } = event.detail;
  const { actor, baseline } = data;
  const paint = picocolors.createColors(style.colors);
  const state = event['detail-type'] === 'Anomaly Closed' ? 'closed' : 'open';
  const facts: [string, string][] = [
    ['actor', `${actor.name} (${actor.kind})${actor.arn === undefined ? '' : ` ${actor.arn}`}`],
    [
      'when',
      `${data.firstSeen} to ${data.lastSeen}, ${data.eventCount} ${data.eventCount === 1 ? 'event' : 'events'}, ${state}`,
    ],
    ['where', `account ${data.account}, ${data.region}`],
    ['how rare', rarityText(data.expectedPerWeek)],
    [
      'compared',
      `with ${baseline.events.toLocaleString('en-US')} events in ${baseline.days} ${baseline.days === 1 ? 'day' : 'days'}; confidence ${data.confidence}`,
    ],
    [
      'techniques',
      data.techniques.length > 0 ? `${data.techniques.join(', ')} (ATT&CK ${data.attackVersion})` : 'none',
    ],
    ['episode', `${metadata.id}, revision ${metadata.revision}`],
    ...answerFact(data.verdict),
  ];
  return [
    `${severityColor(data.severity, paint)(` ${data.severity} ${data.score} `)} ${paint.bold(printable(data.title))}`,
    ...facts.map(([name, value]) => `  ${paint.dim(name.padEnd(10))}  ${printable(value)}`),
    evidenceTable(event, style),
    ...planLines(data.response.plan).map((line) => `  ${paint.bold('dry run')}     ${line}`),
    '',
  ].join('\n');
}

function answerFact(answer: AnomalyEvent['detail']['data']['verdict']): [string, string][] {
  return answer === undefined
    ? []
    : [['answer', `${answer.verdict} by ${answer.by} at ${answer.at}: ${answer.reason}`]];
}

function evidenceTable(event: AnomalyEvent, { columns }: ReportStyle): string {
  const { evidence, risk } = event.detail.data;
  const [detectorWidth, ...numberWidths] = FIXED_WIDTHS;
  const fixed = FIXED_WIDTHS.reduce((sum, width) => sum + width, INDENT.length + BORDERS);
  const foundWidth = Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, columns)) - fixed;
  const table = new Table({
    head: ['detector', 'found', 'bits', 'impact', 'adds'],
    colWidths: [detectorWidth, foundWidth, ...numberWidths],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
    wordWrap: true,
  });
  for (const { detector, observed, usual, reason, note, bits, impact, contribution } of evidence) {
    const said = note === undefined ? [] : [`does not count: ${note}`];
    const found = [observed, `usually: ${usual}`, reason, ...said].map((text) =>
      breakable(printable(text), foundWidth - PADDING),
    );
    table.push([detector, found.join('\n'), bits.toFixed(1), String(impact), contribution.toFixed(1)]);
  }
  table.push(['risk', '', '', '', risk.toFixed(1)]);
  return table
    .toString()
    .split('\n')
    .map((line) => INDENT + line)
    .join('\n');
}

/** The table cuts words off that are wider than their column; here they go on in the next line. */
function breakable(text: string, columns: number): string {
  const characters = ASCII.test(text) ? columns : Math.floor(columns / 2);
  return text.replace(new RegExp(`\\S{${characters}}(?=\\S)`, 'gu'), '$&\n');
}

function planLines(plan: readonly PlannedStep[]): string[] {
  if (plan.length === 0) return ['would cut nothing: no narrow cut is known for this actor and these actions'];
  return plan.map(({ action, actions, target, reason, reversible }) => {
    const what = action === 'deny-actions' ? `deny ${actions.join(', ')}` : [action, ...actions].join(' ');
    return printable(`would ${what} for ${target}: ${reason} (undo: ${reversible})`);
  });
}

function severityColor(
  severity: Severity,
  paint: ReturnType<typeof picocolors.createColors>,
): (text: string) => string {
  if (severity === 'CRITICAL' || severity === 'HIGH') return (text) => paint.bold(paint.red(text.trim()));
  return severity === 'MEDIUM' ? (text) => paint.yellow(text.trim()) : (text) => paint.dim(text.trim());
}
