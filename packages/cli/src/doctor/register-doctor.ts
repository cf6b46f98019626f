import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { deploymentOptions } from '../live/deployment-options.ts';
import type { DoctorArguments } from './doctor-command.ts';

/** `portcullis doctor`. */
export function registerDoctor(program: Command, done: (code: ExitCode) => void): void {
  deploymentOptions(program.command('doctor'), 'production')
    .description('say how a deployment is: what comes from each account and region, what waits, what may not be read')
    .option('--json', 'as one JSON object')
    .action(async (options: DoctorArguments) =>
      done(await (await import('./doctor-command.ts')).doctorCommand(options)),
    );
}
