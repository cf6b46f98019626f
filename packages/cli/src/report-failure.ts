import process from 'node:process';
import { ExitCode } from './exit-code.ts';
import { printable } from './terminal-text.ts';

/** Names of errors that the caller can mend. By name, so that their modules load only when they are used. */
const CALLERS_ERRORS = new Set(['UsageError', 'ConfigurationError', 'NoReadablePathError', 'DecisionError']);

/** Says on standard error what went wrong, and returns the exit code for it. */
export function reportFailure(error: unknown): ExitCode {
  if (error instanceof Error && CALLERS_ERRORS.has(error.name)) {
    for (const line of error.message.split('\n')) process.stderr.write(`portcullis: ${printable(line)}\n`);
    return ExitCode.usage;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`portcullis: internal error\n${trace.split('\n').map(printable).join('\n')}\n`);
  return ExitCode.internalError;
}
