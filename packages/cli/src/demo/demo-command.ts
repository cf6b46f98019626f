import path from 'node:path';
import process from 'node:process';
import sample from '../../sample/sample.json' with { type: 'json' };
import { ExitCode } from '../exit-code.ts';
import { replayCommand } from '../replay/replay-command.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../sample');

const NEXT = `Where to go next
  bin/portcullis replay PATH...        your own CloudTrail: files, folders, or - for standard input
  bin/portcullis replay --help         all options: --alert-after, --json, --rejects, --save-state and more
  packages/cli/sample/README.md        what this sample holds, and what the intruder really did
  docs/cli.md, docs/configuration.md   the command and its settings
  docs/architecture.md                 how an event walks through the house
`;

/** `portcullis demo`: the bundled sample, from logs to dry-run plan. */
export async function demoCommand(): Promise<ExitCode> {
  const exitCode = await replayCommand([path.join(SAMPLE, 'AWSLogs')], { alertAfter: sample.alertAfter });
  if (exitCode === ExitCode.done) process.stdout.write(NEXT);
  return exitCode;
}
