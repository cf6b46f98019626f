import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../errors.ts';

/**
 * Whether whoever runs the command wants it done: by `--yes`, or asked.
 *
 * @throws {UsageError} where there is nobody to ask
 */
export async function confirmed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError('nothing was done: say --yes, since there is nobody to ask');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
