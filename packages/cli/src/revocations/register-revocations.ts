import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { deploymentOptions } from '../live/deployment-options.ts';
import type { AnswerArguments } from './answer-revocation.ts';
import type { RevocationArguments } from './aws-desk.ts';
import type { ListArguments } from './show-revocations.ts';

const HELP = `
Credentials, profile and region are those of the AWS SDK: AWS_PROFILE, AWS_REGION. What they have to allow: docs/response.md.

Examples:
  portcullis revocations list
  portcullis revocations show rev-1f6f6072
  portcullis revocations approve rev-1f6f6072
  portcullis revocations revert rev-1f6f6072 --reason "the team of orders deploys, INC-17"`;

/** Answers of people, and what each is for. */
const ANSWERS = [
  { name: 'approve', about: 'a proposal, or what a brake held: it is put in force once all approved that it takes' },
  { name: 'reject', about: 'a proposal: it is not proposed again for that alert' },
  { name: 'revert', about: 'take a cut back: the account returns to what it was, if it still is as we wrote it' },
  { name: 'extend', about: 'set when a cut ends by itself; also ends a hold' },
  { name: 'hold', about: 'keep a cut until somebody says otherwise' },
] as const;

/** `portcullis revocations ...`: what a deployment proposes and has cut, and what people answer. */
export function registerRevocations(program: Command, done: (code: ExitCode) => void): void {
  const revocations = program
    .command('revocations')
    .description('list and answer what a deployment proposes to cut, and has cut (docs/response.md)')
    .addHelpText('after', HELP);

  deployment(revocations.command('list').description('what is under way; what waits for people first'))
    .option('--alert <id>', 'all that an alert led to, also what is over')
    .action(async (options: ListArguments) => {
      const { listCommand } = await import('./show-revocations.ts');
      done(await listCommand(options, await deskFor(options)));
    });

  deployment(revocations.command('show').description('one revocation, and all that happened to it'))
    .argument('<id>', 'id of the revocation, or its beginning')
    .option('--alert <id>', 'alert that it came of, for one that is over')
    .action(async (id: string, options: ListArguments) => {
      const { showCommand } = await import('./show-revocations.ts');
      done(await showCommand(id, options, await deskFor(options)));
    });

  for (const { name, about } of ANSWERS) {
    const command = deployment(revocations.command(name).description(about))
      .argument('<id>', 'id of the revocation, or its beginning')
      .action(async (id: string, options: AnswerArguments) => {
        const { answerCommand } = await import('./answer-revocation.ts');
        done(await answerCommand(name, id, options, await deskFor(options)));
      });
    if (name === 'extend') command.requiredOption('--until <time>', 'when it ends: 2026-11-23T10:15:00Z');
    else if (name !== 'approve') command.requiredOption('--reason <text>', 'why; kept in the ledger, with your name');
  }
}

async function deskFor(options: RevocationArguments) {
  const { awsDesk } = await import('./aws-desk.ts');
  return awsDesk(options);
}

function deployment(command: Command): Command {
  return deploymentOptions(command, 'production').option('--json', 'as JSON');
}
