import type { Digest } from '@portcullis/review';
import { amount, grouped } from '../amount.ts';
import { DETECTOR_GUIDES } from '../detector-guides.ts';
import { printable } from '../terminal-text.ts';

/** What to do about a habit, by its advice. */
const ADVICE = {
  answer: 'nobody has said what this is: `portcullis alerts show`, then `confirm`, `dismiss` or `expected`',
  expect: 'if it goes on, `portcullis alerts expected` keeps it quiet for this actor',
  declare: 'several do it: say so beforehand with `portcullis declare`, or for the team with `alerts expected --team`',
} as const;

/** The digest as a page of Markdown. Texts from logs are escaped: they neither format nor link nor run. */
export function digestMarkdown(told: Digest): string {
  return `${[
    `# Portcullis, ${day(told.from)} to ${day(told.to)}`,
    happened(told),
    lessons(told),
    learned(told),
    permissions(told),
    credentials(told),
    habits(told),
  ]
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

function happened({ happened: { told, bySeverity, confirmed, harmless, unanswered, alerts } }: Digest): string {
  if (told === 0) return '## What happened\n\nNo alerts.';
  const severities = Object.entries(bySeverity)
    .reverse()
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity.toLowerCase()}`);
  return [
    '## What happened',
    '',
    `${amount(told, 'alert')} (${severities.join(', ')}): ${confirmed} confirmed, ${harmless} harmless, ${unanswered} without an answer.`,
    '',
    '| severity | told (UTC) | what | answer | id |',
    '|---|---|---|---|---|',
    ...alerts.map(
      ({ severity, score, told: at, title, verdict, id }) =>
        `| ${severity} ${score} | ${at.slice(0, 16).replace('T', ' ')} | ${escaped(title)} | ${verdict ?? '-'} | ${id.slice(0, 12)} |`,
    ),
  ].join('\n');
}

/** What the week's detectors mean and what fixes the cause, so that a reader learns from them. */
function lessons({ happened: { alerts } }: Digest): string {
  const seen = [...new Set(alerts.map(({ detectors }) => detectors[0]).filter((id) => id !== undefined))];
  const told = seen.flatMap((id) => {
    const guide = DETECTOR_GUIDES.get(id);
    return guide === undefined ? [] : [`- **${id}**: ${guide.about} To fix the cause: ${guide.remedy.join(' ')}`];
  });
  return told.length === 0 ? '' : ['## What it means', '', ...told].join('\n');
}

function learned({ learned: { actors, newActors, goneQuiet, values } }: Digest): string {
  const list = (who: readonly { readonly kind: string; readonly name: string }[]) =>
    who
      .slice(0, MAX_NAMES)
      .map(({ kind, name }) => `${escaped(name)} (${escaped(kind)})`)
      .join(', ') + (who.length > MAX_NAMES ? ` and ${who.length - MAX_NAMES} more` : '');
  return [
    '## What was learned',
    '',
    `- ${amount(actors, 'actor')} with a baseline`,
    ...(newActors.length > 0 ? [`- new: ${list(newActors)}`] : []),
    ...(goneQuiet.length > 0 ? [`- gone quiet, so perhaps to be retired: ${list(goneQuiet)}`] : []),
    ...(values.length > 0 ? ['- what became usual:'] : []),
    ...values.map(
      ({ actor, feature, value, count }) =>
        `  - ${escaped(actor)}: ${escaped(feature)} ${escaped(value)}, ${amount(count, 'time')}`,
    ),
  ].join('\n');
}

/** Names in one line. */
const MAX_NAMES = 10;

function permissions({ permissions: told }: Digest): string {
  if (told === undefined) return '';
  if (told.proposals === 0) return '## Which permissions can go\n\nNone that the record proves unused.';
  const share = told.riskBefore === 0 ? 0 : Math.round((100 * told.riskRemoved) / told.riskBefore);
  return [
    '## Which permissions can go',
    '',
    `${amount(told.proposals, 'proposal')}; together they take ${share} % of the risk of what these principals may do (\`portcullis review\`).`,
    '',
    '| principal | proposal | actions |',
    '|---|---|---|',
    ...told.first.map(
      ({ arn, kind, actionsBefore, actionsAfter }) =>
        `| ${escaped(arn)} | ${kind} | ${grouped(actionsBefore)} to ${grouped(actionsAfter)} |`,
    ),
  ].join('\n');
}

function credentials({ credentials: told }: Digest): string {
  if (told === undefined) return '';
  const lines = Object.entries(told).map(([check, count]) => `- ${check}: ${count}`);
  return ['## Which credentials should expire', '', ...(lines.length === 0 ? ['None found.'] : lines)].join('\n');
}

function habits({ habits: told }: Digest): string {
  if (told.length === 0) return '';
  return [
    '## Which habits cost most alerts',
    '',
    ...told.map(
      ({ detector, observed, alerts, actors, againHours, harmless, advice }) =>
        `- ${escaped(detector)}, ${escaped(observed)}: ${amount(alerts, 'alert')} by ${amount(actors, 'actor')}` +
        `${againHours > 0 ? `, seen again in ${amount(againHours, 'hour')}` : ''}, ${harmless} called harmless; ${ADVICE[advice]}`,
    ),
  ].join('\n');
}

function day(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ').replace(' 00:00', '');
}

/** Longest text from a log in a digest. */
const MAX_TEXT = 200;

function escaped(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
  return printable(short)
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;')
    .replace(/[\\`*_[\]()#|~!]/g, '\\$&')
    .replace(/:\/\//g, ':\\//');
}
