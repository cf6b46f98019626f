import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import type { AnomalyEvent } from '@portcullis/contract';
import { emptyState, encodeState, type ReplayOutcome, reachedBy, replay } from '@portcullis/pipeline';
import { type DecisionNotes, decisionNotes, expiredSuppressions } from '../decisions/decision-notes.ts';
import { ExitCode } from '../exit-code.ts';
import { type Interruption, listenForInterruption } from '../interruption.ts';
import { batchLines, type LineWriter } from '../line-writer.ts';
import type { ReportWriter } from '../report/report-writer.ts';
import { jsonLine } from '../terminal-text.ts';
import { openNetworks } from './networks.ts';
import { lineFile, replaceFile } from './output-file.ts';
import { progressLine } from './progress-line.ts';
import { type ReplayArguments, type ReplayRequest, readRequest } from './replay-request.ts';
import type { ResponseRehearsal } from './response-rehearsal.ts';
import { summarize, summaryText } from './summary.ts';
import { untilAborted } from './until-aborted.ts';

/** `portcullis replay`: logs in, alerts on standard output, everything else on standard error or in files. */
export async function replayCommand(paths: readonly string[], options: ReplayArguments): Promise<ExitCode> {
  const request = await readRequest(paths, options);
  const interruption = listenForInterruption();
  try {
    const notes = decisionNotes();
    const report = request.reportFile === undefined ? undefined : await startReport(request);
    const rehearsal = await startRehearsal(request);
    const outcome = await runReplay(request, report, rehearsal, interruption, notes);
    const exitCode = await finish(outcome, request, rehearsal, interruption, notes);
    if (request.reportFile !== undefined) await report?.write(request.reportFile, outcome);
    return exitCode;
  } finally {
    interruption.release();
  }
}

/** Loaded only where a page is wanted. */
async function startReport(request: ReplayRequest): Promise<ReportWriter> {
  const { reportWriter } = await import('../report/report-writer.ts');
  return reportWriter(request);
}

/** Loaded only where a response policy is tried. */
async function startRehearsal({
  responsePolicy,
  settings,
  state,
}: ReplayRequest): Promise<ResponseRehearsal | undefined> {
  if (responsePolicy === undefined) return undefined;
  const { responseRehearsal } = await import('./response-rehearsal.ts');
  return responseRehearsal(responsePolicy, settings, state ?? emptyState());
}

async function runReplay(
  request: ReplayRequest,
  report: ReportWriter | undefined,
  rehearsal: ResponseRehearsal | undefined,
  interruption: Interruption,
  notes: DecisionNotes,
): Promise<ReplayOutcome> {
  const { source, settings, json, from, to, alertAfter, decisions, state, rejectsFile } = request;
  const stdout = batchLines((text) => {
    if (!interruption.outputClosed()) process.stdout.write(text);
  });
  const alerts = json ? jsonAlerts(stdout) : await readableAlerts(stdout);
  const rejects = rejectsFile === undefined ? undefined : lineFile(rejectsFile);
  const network = await openNetworks();
  const progress = json && process.stdout.isTTY ? undefined : await progressLine();
  try {
    return await replay(untilAborted(source, interruption.signal), {
      settings,
      network,
      from,
      to,
      alertAfter,
      decisions,
      state: rehearsal?.state ?? state,
      signal: interruption.signal,
      onAlert(event) {
        const told = rehearsal?.onAlert(event) ?? event;
        alerts.add(told);
        report?.onAlert(told);
      },
      ...(rehearsal === undefined ? {} : { onEvent: rehearsal.onEvent }),
      onDecision: notes.add,
      onReject: ({ file, position, reason, message, record }) =>
        rejects?.write(jsonLine({ file, position, reason, message, record })),
      ...(report === undefined ? {} : { onSealed: report.onSealed }),
      onProgress(reached) {
        progress?.show(reached);
        stdout.flush();
      },
    });
  } finally {
    progress?.end();
    rejects?.close();
    alerts.end();
    if (!json && rehearsal !== undefined) stdout.write(`${rehearsal.text()}\n`);
    stdout.flush();
  }
}

async function finish(
  outcome: ReplayOutcome,
  { summaryFile, saveStateFile, settings }: ReplayRequest,
  rehearsal: ResponseRehearsal | undefined,
  interruption: Interruption,
  notes: DecisionNotes,
): Promise<ExitCode> {
  await interruption.settled();
  const summary = summarize(outcome);
  if (!interruption.outputClosed()) {
    const said = [...notes.lines(), ...expiredSuppressions(settings, reachedBy(outcome.state))];
    process.stderr.write(said.map((line) => `${line}\n`).join('') + summaryText(summary, settings.lateness.minutes));
  }
  if (summaryFile !== undefined) {
    const written = rehearsal === undefined ? summary : { ...summary, response: rehearsal.summary() };
    await writeFile(summaryFile, `${JSON.stringify(written, null, 2)}\n`);
  }
  if (saveStateFile !== undefined && !outcome.interrupted) await replaceFile(saveStateFile, encodeState(outcome.state));
  if (interruption.outputClosed()) return ExitCode.done;
  if (outcome.interrupted) return ExitCode.interrupted;
  return outcome.partial ? ExitCode.partial : ExitCode.done;
}

interface AlertOutput {
  add(event: AnomalyEvent): void;
  end(): void;
}

/** Every revision, as it happens. */
function jsonAlerts(stdout: LineWriter): AlertOutput {
  return { add: (event) => stdout.write(jsonLine(event)), end() {} };
}

/** Every episode once, as it stood at the end, in order of opening. */
async function readableAlerts(stdout: LineWriter): Promise<AlertOutput> {
  const { alertReport } = await import('./alert-report.ts');
  const { isColorSupported } = (await import('picocolors')).default;
  const style = { colors: isColorSupported && process.stdout.isTTY, columns: process.stdout.columns ?? 120 };
  const latest = new Map<string, AnomalyEvent>();
  return {
    add: (event) => void latest.set(event.detail.metadata.id, event),
    end() {
      for (const event of latest.values()) stdout.write(`${alertReport(event, style)}\n`);
    },
  };
}
