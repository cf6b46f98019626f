import { isoTime } from '@portcullis/event';
import type { PipelineState, ToldAlert } from '@portcullis/pipeline';
import Table from 'cli-table3';
import type { ReportStyle } from '../replay/alert-report.ts';
import { printable } from '../terminal-text.ts';

/** Enough of an id to tell a few thousand alerts apart. */
const SHOWN_ID = 12;
/** Id, told, severity and status; the title takes the rest. */
const FIXED_WIDTHS = [SHOWN_ID + 2, 18, 10, 24] as const;
const MIN_TITLE = 30;

/** One line per alert, as wide as the terminal. */
export function alertTable(alerts: readonly ToldAlert[], state: PipelineState, { columns }: ReportStyle): string {
  const borders = FIXED_WIDTHS.length + 2;
  const title = Math.max(MIN_TITLE, columns - borders - FIXED_WIDTHS.reduce((sum, width) => sum + width, 0));
  const table = new Table({
    head: ['id', 'told', 'severity', 'what', 'status'],
    colWidths: [FIXED_WIDTHS[0], FIXED_WIDTHS[1], FIXED_WIDTHS[2], title, FIXED_WIDTHS[3]],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    wordWrap: true,
  });
  for (const alert of alerts) {
    const { severity, score, title: text } = alert.event.detail.data;
    table.push([
      alert.id.slice(0, SHOWN_ID),
      isoTime(alert.told).slice(0, 16).replace('T', ' '),
      `${severity} ${score}`,
      printable(text),
      printable(statusOf(alert, state)),
    ]);
  }
  return `${table.toString()}\n`;
}

/** `open`, `closed, dismissed by dana`, `open, seen again 3 times`. */
export function statusOf({ id, closed, answer, again }: ToldAlert, { decisions }: PipelineState): string {
  const waiting = decisions.find((decision) => decision.kind === 'verdict' && decision.episode === id);
  return [
    closed ? 'closed' : 'open',
    ...(answer === undefined ? [] : [`${answer.verdict} by ${answer.by}`]),
    ...(again === undefined ? [] : [`seen again in ${again.hours} ${again.hours === 1 ? 'hour' : 'hours'}`]),
    ...(waiting?.kind === 'verdict' ? [`${waiting.verdict} as of ${waiting.at}`] : []),
  ].join(', ');
}

/** An alert for programs: where it stands, and the event as it was last told. */
export function alertRecord(alert: ToldAlert, state: PipelineState): object {
  const { id, actor, told, closed, answer, again, values, event } = alert;
  const scope = answer?.scope;
  return {
    id,
    told: isoTime(told),
    status: closed ? 'closed' : 'open',
    actor: actor.id,
    answer: answer && {
      ...answer,
      at: isoTime(answer.at),
      ...(scope && { scope: { ...scope, ...(scope.until !== undefined && { until: isoTime(scope.until) }) } }),
    },
    waiting: state.decisions.filter((decision) => decision.kind === 'verdict' && decision.episode === id),
    again: again && { hours: again.hours, last: isoTime(again.last) },
    values,
    event,
  };
}
