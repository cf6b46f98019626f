import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { collect } from '../repeatable.ts';
import type { SegmentArguments } from './segment-command.ts';

const HELP = `
NETWORK is what these print, one file for each account and region; interfaces may be exported again and again over time:
  aws ec2 describe-security-groups --output json > groups.json
  aws ec2 describe-network-interfaces --output json > interfaces.json
  aws lambda get-policy --function-name orders-api --output json > orders-api.json

Examples:
  portcullis segment groups.json interfaces.json --logs flow-logs/
  portcullis segment groups.json interfaces.json --logs flow-logs/ --show orders-db --report segments.html
  portcullis segment *.json --logs flow-logs/ --logs AWSLogs/ --data-events --json`;

/** `portcullis segment`. */
export function registerSegment(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('segment')
    .description('show who talks to whom, and propose narrower security groups and invoke policies; changes nothing')
    .argument('<network...>', 'security groups, interfaces and policies of functions: JSON files')
    .requiredOption('--logs <path>', 'files or folders of flow logs, CloudTrail, access logs; may be repeated', collect)
    .option('--from <time>', 'leave out what happened before TIME')
    .option('--to <time>', 'leave out what happened at TIME or later, such as an incident')
    .option('--data-events', 'the trail logs every invocation of a function')
    .option('--min-days <number>', 'propose nothing on fewer days of logs', '90')
    .option('--keep <pattern>', 'leave these groups alone, beside break-glass ones; may be repeated', collect)
    .option('--show <group>', 'the rules of one group and what becomes of each; * stands for anything')
    .option('--report <file>', 'write a page (HTML): the graph, and what is proposed')
    .option('--json', 'print one JSON object per group and function, as EC2 takes its rules')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON')
    .addHelpText('after', HELP)
    .action(async (network: string[], options: SegmentArguments) =>
      done(await (await import('./segment-command.ts')).segmentCommand(network, options)),
    );
}
