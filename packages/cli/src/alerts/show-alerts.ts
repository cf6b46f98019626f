import process from 'node:process';
import { isoTime } from '@portcullis/event';
import { ExitCode } from '../exit-code.ts';
import { alertReport, type ReportStyle } from '../replay/alert-report.ts';
import { jsonLine, printable } from '../terminal-text.ts';
import { alertRecord, alertTable, statusOf } from './alert-list.ts';
import { alertsOf, findAlert, openState, type StateArguments } from './saved-alerts.ts';

export interface ListArguments extends StateArguments {
  readonly unanswered?: boolean;
}

/** `portcullis alerts list`: latest first. */
export async function listAlerts(options: ListArguments): Promise<ExitCode> {
  const state = await openState(options);
  const alerts = alertsOf(state).filter(({ answer }) => !options.unanswered || answer === undefined);
  if (options.json) process.stdout.write(alerts.map((alert) => jsonLine(alertRecord(alert, state))).join(''));
  else if (alerts.length === 0) process.stdout.write('no alerts\n');
  else process.stdout.write(alertTable(alerts, state, await styleOf()));
  return ExitCode.done;
}

/** `portcullis alerts show`: the alert as it was last told, and what became of it. */
export async function showAlert(id: string, options: StateArguments): Promise<ExitCode> {
  const state = await openState(options);
  const alert = findAlert(state, id);
  if (options.json) {
    process.stdout.write(jsonLine(alertRecord(alert, state)));
    return ExitCode.done;
  }
  const { answer, again } = alert;
  const lines = [`status: ${statusOf(alert, state)}`];
  if (answer !== undefined)
    lines.push(`answer: ${answer.verdict} by ${answer.by} at ${isoTime(answer.at)}: ${answer.reason}`);
  if (again !== undefined) lines.push(`seen again: in ${again.hours} hours, the last at ${isoTime(again.last)}`);
  process.stdout.write(`${alertReport(alert.event, await styleOf())}${lines.map(printable).join('\n')}\n`);
  return ExitCode.done;
}

async function styleOf(): Promise<ReportStyle> {
  const { isColorSupported } = (await import('picocolors')).default;
  return { colors: isColorSupported && process.stdout.isTTY, columns: process.stdout.columns ?? 120 };
}
