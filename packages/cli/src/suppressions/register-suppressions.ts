import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { TryArguments } from './try-command.ts';

/** `portcullis suppressions ...`. */
export function registerSuppressions(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('suppressions')
    .description('try suppressions out before they hide anything (docs/feedback.md)')
    .command('try')
    .description('replay, and say which alerts these suppressions would have hidden')
    .argument('<file>', 'a list of suppressions, or settings that hold one: JSON or a module')
    .argument('[path...]', 'files or folders of logs; - for standard input')
    .option('--labels <file>', 'labels.json of a simulation: says which of them are attacks')
    .option('--json', 'print one JSON object per hidden alert')
    .option('--alert-after <time>', 'learn from everything, alert only on what happens from TIME on')
    .option('--from <time>', 'skip what happened before TIME')
    .option('--to <time>', 'skip what happened at TIME or later')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON')
    .option('--decisions <file>', 'verdicts, mutes and declared work; may be repeated', collect)
    .option('--load-state <file>', 'start from baselines that an earlier run saved')
    .action(async (file: string, paths: string[], options: TryArguments) =>
      done(await (await import('./try-command.ts')).trySuppressions(file, paths, options)),
    );
}
