import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { DigestArguments } from './digest-command.ts';

const HELP = `
Examples:
  portcullis digest --state portcullis.state > week.md
  portcullis digest --state portcullis.state --details details.json --posture posture.json`;

/** `portcullis digest`. */
export function registerDigest(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('digest')
    .description('sum up a week for people who do not watch alerts, as Markdown to hand on (docs/digest.md)')
    .requiredOption('--state <file>', 'a state that replay --save-state saved')
    .option('--from <time>', 'where it begins; a week before its end, unless told')
    .option('--to <time>', 'where it ends; as far as the state goes, unless told')
    .option(
      '--details <file>',
      'authorization details of IAM, to say which permissions can go; may be repeated',
      collect,
    )
    .option('--posture <file>', 'what posture --json printed, to say which credentials should expire')
    .option('--json', 'print it as JSON')
    .addHelpText('after', HELP)
    .action(async (options: DigestArguments) =>
      done(await (await import('./digest-command.ts')).digestCommand(options)),
    );
}
