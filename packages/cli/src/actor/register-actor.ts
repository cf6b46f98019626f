import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { deploymentOptions } from '../live/deployment-options.ts';
import type { DeploymentArguments } from '../live/open-deployment.ts';
import type { ForgetArguments } from './forget-actor.ts';

/** `portcullis actor ...`. */
export function registerActor(program: Command, done: (code: ExitCode) => void): void {
  const actor = program.command('actor').description('what a deployment keeps of an actor');
  deploymentOptions(actor.command('forget'), 'production')
    .description('remove what is kept of an actor: baseline, open hours, alerts, evidence')
    .argument('<actor>', 'id of the actor, or a part that no other has')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who wants it; the user who runs this, unless told')
    .option('--yes', 'do not ask')
    .option('--json', 'print the audit line only')
    .action(async (id: string, options: ForgetArguments) =>
      done(await (await import('./forget-actor.ts')).forgetActor(id, options)),
    );
  deploymentOptions(actor.command('audit'), 'production')
    .description('who had what removed, when and why; of whom as a hash of the id')
    .action(async (options: DeploymentArguments) =>
      done(await (await import('./forget-audit.ts')).forgetAudit(options)),
    );
}
