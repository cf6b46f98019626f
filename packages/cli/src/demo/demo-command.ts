import path from 'node:path';
import process from 'node:process';
import { ExitCode } from '../exit-code.ts';
import { replayCommand } from '../replay/replay-command.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../sample');

const NEXT = `
Where to go next
  bin/portcullis replay PATH...        your own CloudTrail: files, folders or - for standard input
  bin/portcullis replay --help         options: --alert-after, --json, --rejects, --save-state
  packages/cli/sample/README.md        what this sample holds
  docs/cli.md                          the command; docs/configuration.md, docs/contract.md
  docs/architecture.md                 how an event walks through the house
`;

/** `portcullis demo`: the bundled sample from logs to dry-run plan. */
export async function demoCommand(): Promise<ExitCode> {
  const exitCode = await replayCommand([path.join(SAMPLE, 'AWSLogs')], {});
  if (exitCode === ExitCode.done) process.stdout.write(NEXT);
  return exitCode;
}
