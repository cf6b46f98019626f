import type { AnomalyEvent } from '@portcullis/contract';
import Table from 'cli-table3';
import picocolors from 'picocolors';
import { amount } from '../amount.ts';
import type { DetectorGuide } from '../detector-guides.ts';
import { rarityText } from '../replay/rarity-text.ts';
import { printable } from '../terminal-text.ts';
import { breakDownRisk, type RiskBreakdown, type RiskStep, type Weighing } from './risk-breakdown.ts';

export interface ExplanationStyle {
  readonly colors: boolean;
}

/** Rows stand close; the first and the last are set off by their content. */
const NO_LINES_BETWEEN = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

type Paint = ReturnType<typeof picocolors.createColors>;

/** Bits up to which they are said as a share of days; beyond, no model is to be believed that far. */
const MAX_TOLD_BITS = 20;

/** How an alert's risk came about, with what it was compared, how rare that is, and what to do next. */
export function explanation(
  event: AnomalyEvent,
  weighing: Weighing,
  guides: ReadonlyMap<string, DetectorGuide>,
  { colors }: ExplanationStyle,
): string {
  const paint = picocolors.createColors(colors);
  const { data, metadata } = event.detail;
  const breakdown = breakDownRisk(data, weighing);
  const detectors = [...new Set(breakdown.steps.map(({ evidence }) => evidence.detector))];
  return [
    paint.bold(printable(`${data.severity} ${data.score} ${data.title}`)),
    printable(`  episode ${metadata.id}, revision ${metadata.revision}; ${data.firstSeen} to ${data.lastSeen}`),
    '',
    paint.bold('How the risk came about'),
    printable(
      `  (bits − ${weighing.allowanceBits} allowed) × impact × share × age. The first finding of a family counts in full, each further one ${weighing.familyDiscount} of the one before.`,
    ),
    sumTable(breakdown),
    ...doubts(breakdown, data.risk, metadata.configVersion),
    '',
    ...breakdown.steps.flatMap((step, index) => [...evidenceLines(step, index + 1, paint), '']),
    paint.bold('How rare'),
    printable(`  Together: ${rarityText(data.expectedPerWeek)}.`),
    printable(
      `  Judged against ${amount(data.baseline.events, 'event')} of this actor in ${amount(data.baseline.days, 'day')}; confidence ${data.confidence}.`,
    ),
    '',
    ...detectors.flatMap((detector) => guideLines(detector, guides.get(detector), paint)),
  ].join('\n');
}

function sumTable({ steps, sum }: RiskBreakdown): string {
  const table = new Table({
    head: ['', 'detector', 'family', 'bits', 'beyond', 'impact', 'share', 'age', 'adds'],
    colAligns: ['right', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
    chars: NO_LINES_BETWEEN,
  });
  for (const [index, { evidence, surprise, share, age }] of steps.entries()) {
    const { detector, bits, impact, contribution } = evidence;
    table.push([
      index + 1,
      detector,
      evidence.family,
      bits.toFixed(1),
      surprise.toFixed(1),
      `× ${impact}`,
      `× ${Number(share.toPrecision(2))}`,
      age === undefined ? '?' : `× ${Number(age.toPrecision(2))}`,
      contribution.toFixed(1),
    ]);
  }
  table.push(['', 'risk', '', '', '', '', '', '', sum.toFixed(1)]);
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function doubts({ addsUp, otherSettings, sum, steps }: RiskBreakdown, risk: number, configVersion: string): string[] {
  const terms = steps.map(({ evidence }) => evidence.contribution.toFixed(1)).join(' + ');
  const lines = addsUp
    ? [`  ${terms} = ${risk.toFixed(1)}, exactly the risk of the alert`]
    : [`  ${terms} = ${sum.toFixed(1)}, but the alert says ${risk.toFixed(1)}: it was changed after it was made`];
  if (otherSettings) {
    lines.push(
      printable(
        `  ?: adds more than these settings allow. The alert was made under settings ${configVersion}; name their file with --config`,
      ),
    );
  }
  return lines;
}

function evidenceLines({ evidence }: RiskStep, number: number, paint: Paint): string[] {
  const { observed, usual, reason, bits } = evidence;
  return [
    `${paint.bold(`${number}. ${printable(observed)}`)}`,
    `   usual     ${printable(usual)}`,
    `   compared  ${printable(reason)}`,
    `   how rare  ${rarityOfBits(bits)}`,
  ];
}

/** `one active day in 7,100`: what so many bits are. */
function rarityOfBits(bits: number): string {
  if (bits === 0) return 'not rare for this actor; told whatever is usual';
  const days = Number((2 ** bits).toPrecision(2)).toLocaleString('en-US');
  if (bits >= MAX_TOLD_BITS) return `less than one active day in ${days} of this actor`;
  return `one active day in ${days} of this actor holds anything as surprising`;
}

function guideLines(detector: string, guide: DetectorGuide | undefined, paint: Paint): string[] {
  if (guide === undefined) return [];
  return [
    paint.bold(`What to do next: ${detector}`),
    ...guide.triage.map((step, index) => `  ${index + 1}. ${step}`),
    '  To mend the cause:',
    ...guide.remedy.map((step) => `  - ${step}`),
    '',
  ];
}
