import type { Command } from 'commander';

/** Options that say which deployment a command is about. */
export function deploymentOptions(command: Command, standard?: string): Command {
  return command
    .option('--deployment <stage>', 'stage that was deployed, with the AWS credentials of this shell', standard)
    .option('--region <region>', 'where; AWS_REGION, unless told');
}
