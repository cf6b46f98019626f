import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { DeclareArguments } from './declare-command.ts';

const HELP = `
Covers what is done with these actions by these actors, and how much of it; not from where, with what tool, nor anything else.

Example:
  portcullis declare --decisions decisions.ndjson --title 'Quarterly access review' --owner dana \\
    --from 2026-11-24T08:00 --to 2026-11-24T18:00 --actor '*/dana' --action 'iam:Get*' --action 'iam:List*'`;

/** `portcullis declare`. */
export function registerDeclare(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('declare')
    .description('announce planned work: an audit, a drill, a change (docs/feedback.md)')
    .requiredOption('--decisions <file>', 'append it there, for replay --decisions')
    .requiredOption('--title <text>', 'what it is')
    .requiredOption('--from <time>', 'when it begins')
    .requiredOption('--to <time>', 'when it ends')
    .requiredOption('--actor <pattern>', 'who: id, ARN or name, with *; may be repeated', collect)
    .requiredOption('--action <pattern>', 'with which IAM actions: iam:Get*; may be repeated', collect)
    .option('--account <id>', 'in which account; in all, unless told; may be repeated', collect)
    .option('--owner <name>', 'who answers for it; the user who runs this, unless told')
    .option('--id <id>', 'the work of this id that was declared before is replaced')
    .option('--at <time>', 'when it was told; now, unless told. Nothing before it is covered')
    .option('--json', 'print the record')
    .addHelpText('after', HELP)
    .action(async (options: DeclareArguments) =>
      done(await (await import('./declare-command.ts')).declareCommand(options)),
    );
}
