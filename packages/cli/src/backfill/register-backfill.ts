import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { deploymentOptions } from '../live/deployment-options.ts';
import type { BackfillArguments } from './backfill-command.ts';

const HELP = `
Reads the bucket of the trail, learns, and hands over to the live lane at the hour from which on that has everything. Can be stopped
and run again. What the lane has learned by itself until then is replaced.

Examples:
  portcullis backfill --since 90d
  portcullis backfill --since 2026-08-01 --deployment production --yes`;

/** `portcullis backfill`. */
export function registerBackfill(program: Command, done: (code: ExitCode) => void): void {
  deploymentOptions(program.command('backfill'), 'production')
    .description('let a deployment learn from the logs that were there before it')
    .requiredOption('--since <time>', 'from when on: 90d, or a TIME')
    .option('--bucket <name>', 'bucket of the trail, where the deployment does not know it')
    .option('--prefix <prefix>', 'where in it the logs begin', 'AWSLogs/')
    .option('--again', 'also where it was done before: read all anew')
    .option('--yes', 'do not ask')
    .addHelpText('after', HELP)
    .action(async (options: BackfillArguments) =>
      done(await (await import('./backfill-command.ts')).backfillCommand(options)),
    );
}
