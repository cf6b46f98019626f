import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import type { OrganizationFigures } from '@portcullis/lab';
import { ExitCode } from '../exit-code.ts';
import { listenForInterruption } from '../interruption.ts';
import { shareBar } from '../share-bar.ts';
import { type EvaluateArguments, type EvaluateRequest, middleOf, readEvaluateRequest } from './evaluate-request.ts';
import { evaluationHtml } from './evaluation-html.ts';
import { evaluationSections } from './evaluation-sections.ts';
import { evaluationText } from './evaluation-text.ts';

/** `portcullis evaluate`: what is found and what is cried wolf over, measured on labelled data, beside plain rules. */
export async function evaluateCommand(given: EvaluateArguments): Promise<ExitCode> {
  const request = await readEvaluateRequest(given);
  const { summarize } = await import('@portcullis/lab');
  const { options, output } = request;
  const interruption = listenForInterruption();
  try {
    const organizations = await measure(request, interruption.signal);
    const seconds = Math.round(performance.now() / 1000);
    const summary = summarize(organizations);
    const sections = evaluationSections(summary, organizations, {
      verbose: output.verbose,
      budget: middleOf(options.budgets),
      unit: request.recordings === undefined ? 'organization' : 'recorded background',
    });
    process.stdout.write(evaluationText(sections));
    if (output.jsonFile !== undefined) {
      await writeFile(output.jsonFile, `${JSON.stringify({ options, seconds, summary, organizations })}\n`);
    }
    if (output.htmlFile !== undefined) await writeFile(output.htmlFile, evaluationHtml(sections));
    await interruption.settled();
    process.stderr.write(`${seconds} s\n`);
    return ExitCode.done;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    return interruption.outputClosed() ? ExitCode.done : ExitCode.interrupted;
  } finally {
    interruption.release();
  }
}

async function measure(
  { options, recordings }: EvaluateRequest,
  signal: AbortSignal,
): Promise<readonly OrganizationFigures[]> {
  const { evaluate } = await import('@portcullis/lab');
  const bar = await shareBar();
  try {
    if (recordings !== undefined) {
      const { evaluateRecorded } = await import('./evaluate-recorded.ts');
      return [await evaluateRecorded(recordings, options, (share) => bar.show(share, 'judged'))];
    }
    return await evaluate(options, {
      signal,
      onProgress: ({ share, done, organizations }) => bar.show(share, `${done} of ${organizations} organizations`),
    });
  } finally {
    bar.end();
  }
}
