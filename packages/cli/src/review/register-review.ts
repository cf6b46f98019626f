import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { ReviewArguments } from './review-request.ts';

const HELP = `
DETAILS is what this prints, one file for each account:
  aws iam get-account-authorization-details --output json > details.json
With --live nothing has to be saved first: IAM is asked, with the AWS credentials of this shell. It only reads.

Examples:
  portcullis review details.json --logs AWSLogs/
  portcullis review details.json --logs AWSLogs/ --data-events s3,lambda --show orders-api
  portcullis review details.json --state portcullis.state --json > proposals.ndjson
  portcullis review --live --logs AWSLogs/
  portcullis review --role arn:aws:iam::111122223333:role/reviewer --role … --logs AWSLogs/`;

/** `portcullis review`. */
export function registerReview(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('review')
    .description(
      'compare what roles and users may do with what they did, and propose tighter policies; changes nothing',
    )
    .argument('[details...]', 'authorization details of IAM: JSON files; - for standard input')
    .option('--live', 'ask IAM itself, in the account of the AWS credentials of this shell')
    .option('--role <arn>', 'ask IAM as this role, of whatever account; may be repeated', collect)
    .option('--external-id <id>', 'with --role: what its trust asks for')
    .option('--region <region>', 'with --live, --role or --propose: where; AWS_REGION, unless told')
    .option('--logs <path>', 'files or folders of CloudTrail logs; may be repeated', collect)
    .option(
      '--state <file>',
      'a state that replay --save-state saved, instead of logs: actions only, no resources or trust',
    )
    .option('--from <time>', 'with --logs: leave out what happened before TIME')
    .option('--to <time>', 'with --logs: leave out what happened at TIME or later, such as an incident')
    .option('--data-events <services>', 'services whose data events the trail logs, all of them: s3,lambda; * for all')
    .option('--margin <margin>', 'kept beyond what was used: reads or none', 'reads')
    .option('--min-days <number>', 'propose nothing on fewer days of logs', '90')
    .option('--grace-days <number>', 'managed policies younger than this keep what they grant', '30')
    .option('--keep <pattern>', 'leave these principals alone, beside break-glass ones; may be repeated', collect)
    .option('--show <principal>', 'the difference and the policies of one principal; * stands for anything')
    .option('--out <folder>', 'write the proposed policies there')
    .option(
      '--propose <principal>',
      'put forward that it be denied the services that it used nothing of, for revocations approve (docs/review.md)',
    )
    .option('--deployment <stage>', 'with --propose: whose ledger', 'production')
    .option('--json', 'print one event per proposal (docs/contract.md)')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON')
    .addHelpText('after', HELP)
    .action(async (details: string[], options: ReviewArguments) =>
      done(await (await import('./review-command.ts')).reviewCommand(details, options)),
    );
}
