import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { PostureArguments } from './posture-command.ts';

/** `portcullis posture`. */
export function registerPosture(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('posture')
    .description('report credentials that should expire and do not: keys, root, passwords, sessions, open roles')
    .argument('<path...>', 'files or folders of CloudTrail logs; - for standard input')
    .option('--details <file>', 'authorization details of IAM: whom roles trust; may be repeated', collect)
    .option('--credential-report <file>', 'a credential report of IAM, CSV or JSON; may be repeated', collect)
    .option('--from <time>', 'leave out what happened before TIME')
    .option('--to <time>', 'leave out what happened at TIME or later')
    .option('--max-session-hours <number>', 'longer sessions are told', '12')
    .option('--max-key-days <number>', 'older keys should have been replaced', '90')
    .option('--json', 'print the report as JSON')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON')
    .action(async (paths: string[], options: PostureArguments) =>
      done(await (await import('./posture-command.ts')).postureCommand(paths, options)),
    );
}
