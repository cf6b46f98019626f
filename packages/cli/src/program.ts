import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { registerActor } from './actor/register-actor.ts';
import { registerAlerts } from './alerts/register-alerts.ts';
import { registerBackfill } from './backfill/register-backfill.ts';
import type { BaselineArguments } from './baseline/baseline-command.ts';
import { registerDeclare } from './declare/register-declare.ts';
import { registerDigest } from './digest/register-digest.ts';
import { registerDoctor } from './doctor/register-doctor.ts';
import type { EvaluateArguments } from './evaluate/evaluate-request.ts';
import { ExitCode } from './exit-code.ts';
import type { ExplainArguments } from './explain/explain-command.ts';
import { deploymentOptions } from './live/deployment-options.ts';
import { registerPosture } from './posture/register-posture.ts';
import { collect } from './repeatable.ts';
import type { ReplayLaneArguments } from './replay/replay-lane-command.ts';
import type { ReplayArguments } from './replay/replay-request.ts';
import { registerReview } from './review/register-review.ts';
import { registerRevocations } from './revocations/register-revocations.ts';
import { registerSegment } from './segment/register-segment.ts';
import type { SimulateArguments } from './simulate/simulate-command.ts';
import { registerSuppressions } from './suppressions/register-suppressions.ts';

const REPLAY_HELP = `
Paths are read once, in order of delivery, whatever their format: S3 objects, JSON arrays, NDJSON, LookupEvents, EventBridge,
CloudWatch Logs and Kinesis envelopes; gzipped or not; at any depth of folders. TIME is 2026-11-23 or 2026-11-23T10:15:00Z (UTC).

Exit codes: 0 done; 1 internal error; 2 wrong usage or configuration, or no path readable;
3 done, but something could not be read whole; 130 interrupted.

Examples:
  portcullis replay AWSLogs/
  portcullis replay AWSLogs/ --alert-after 2026-11-20 --report report.html
  aws cloudtrail lookup-events --output json | portcullis replay --json -`;

const EXPLAIN_HELP = `
Examples:
  portcullis replay AWSLogs/ --json > alerts.ndjson && portcullis explain --alerts alerts.ndjson
  portcullis replay AWSLogs/ --json | portcullis explain --all
  portcullis explain 6f7f6072 --state portcullis.state`;

/** Runs one subcommand and returns what to tell the shell. Commands are loaded when they are called. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.done;
  const program = new Command('portcullis')
    .description('Zero Trust for serverless on AWS: finds behavior that breaks with its own past, and explains it.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .showHelpAfterError('(portcullis --help tells more)');

  deploymentOptions(program.command('replay'))
    .description('run CloudTrail logs through the detection and print explained alerts; needs no AWS account')
    .argument('<path...>', 'files or folders; - for standard input')
    .option('--json', 'print one JSON object per line (docs/contract.md) instead of a report')
    .option('--alert-after <time>', 'learn from everything, alert only on what happens from TIME on')
    .option('--from <time>', 'skip what happened before TIME')
    .option('--to <time>', 'skip what happened at TIME or later')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON (docs/configuration.md)')
    .option('--response-policy <file>', 'also say what this policy would have cut, and what that would have blocked')
    .option('--report <file>', 'write a page (HTML) that explains the alerts, to read and to hand on')
    .option('--decisions <file>', 'verdicts, mutes and declared work (docs/feedback.md); may be repeated', collect)
    .option('--summary <file>', 'write the closing summary as JSON')
    .option('--rejects <file>', 'write what could not be read, one JSON object per line, with its position')
    .option('--load-state <file>', 'start from baselines that an earlier run saved')
    .option('--save-state <file>', 'save the baselines at the end')
    .option(
      '--into <name>',
      'through a live lane of its own beside a deployment, which is removed after (docs/deploy.md)',
    )
    .option('--rate <number>', 'with --into: events a second', '200')
    .option('--start <from>', 'with --into: from what the deployment knows (live), or from nothing (empty)', 'live')
    .option('--keep', 'with --into: leave the lane there; the same again without it goes on, and removes it')
    .addHelpText('after', REPLAY_HELP)
    .action(async (paths: string[], options: ReplayArguments & ReplayLaneArguments) => {
      const { into } = options;
      if (into !== undefined) {
        const { replayLaneCommand } = await import('./replay/replay-lane-command.ts');
        exitCode = await replayLaneCommand(paths, { ...options, into });
        return;
      }
      const { replayCommand } = await import('./replay/replay-command.ts');
      exitCode = await replayCommand(paths, options);
    });

  const done = (code: ExitCode) => {
    exitCode = code;
  };
  registerAlerts(program, done);
  registerBackfill(program, done);
  registerDoctor(program, done);
  registerActor(program, done);
  registerDeclare(program, done);
  registerSuppressions(program, done);
  registerRevocations(program, done);
  registerReview(program, done);
  registerSegment(program, done);
  registerPosture(program, done);
  registerDigest(program, done);

  program
    .command('explain')
    .description('say how the risk of an alert came about, how rare that is, and what to do next')
    .argument('[episode]', 'id of the alert, or its beginning; none lists them')
    .option('--all', 'explain all of them')
    .option('--alerts <file>', 'what replay --json printed; standard input without it')
    .option('--state <file>', 'a saved state instead: the alerts open in it')
    .option('--config <file>', 'the settings that the alerts were made under')
    .addHelpText('after', EXPLAIN_HELP)
    .action(async (episode: string | undefined, options: ExplainArguments) => {
      const { explainCommand } = await import('./explain/explain-command.ts');
      exitCode = await explainCommand(episode, options);
    });

  program
    .command('baseline')
    .description('look into baselines')
    .command('show')
    .description('show what is usual for an actor')
    .argument('<actor>', 'id, name or ARN, or a part of one; * stands for anything')
    .requiredOption('--state <file>', 'a state that replay --save-state saved')
    .option('--json', 'print one JSON object per matching actor')
    .action(async (actor: string, options: BaselineArguments) => {
      const { showBaselineCommand } = await import('./baseline/baseline-command.ts');
      exitCode = await showBaselineCommand(actor, options);
    });

  program
    .command('demo')
    .description('replay the bundled sample: a week of a small team, and an intruder')
    .action(async () => {
      const { demoCommand } = await import('./demo/demo-command.ts');
      exitCode = await demoCommand();
    });

  program
    .command('simulate')
    .description('write the logs of a made-up organization, as CloudTrail delivers them, with labelled attacks in them')
    .requiredOption('--out <folder>', 'where to; new or empty')
    .option('--seed <number>', 'another seed is another organization', '1')
    .option('--actors <number>', 'people, functions, pipelines and others', '100')
    .option('--days <number>', 'attacks begin in the last two weeks', '35')
    .option('--half <half>', 'worlds and stories for tuning, or those kept for the test', 'tuning')
    .option('--attacks <number>', 'how many in all, each on another victim', '6')
    .option('--loudness <list>', 'how far attacks stand out', 'loud,medium,quiet')
    .option('--function-logs', 'write the logs of its functions too, in lambda-logs')
    .option('--traffic-logs', 'write flow logs of its networks and access logs of its APIs too, in traffic-logs')
    .action(async (options: SimulateArguments) => {
      const { simulateCommand } = await import('./simulate/simulate-command.ts');
      exitCode = await simulateCommand(options);
    });

  program
    .command('evaluate')
    .description('measure detection on labelled data: recall, false alerts, plain rules beside it')
    .option('--full', '10 organizations of the test half, 200 attacks of each loudness; up to an hour')
    .option('--tenth', 'a tenth of that')
    .option('--organizations <number>', 'how many worlds; their seeds follow one another')
    .option('--actors <number>', 'members of each')
    .option('--half <half>', 'tuning or test')
    .option('--seed <number>', 'of the first world')
    .option('--learn-days <number>', 'silent days before', '21')
    .option('--judge-days <number>', 'judged days after them', '14')
    .option('--attacks-per-loudness <number>', 'attacks of each loudness, on all worlds together')
    .option('--attacks-per-run <number>', 'at most so many at a time')
    .option('--loudness <list>', 'how far attacks stand out', 'loud,medium,quiet')
    .option('--stories <list>', 'only these')
    .option('--budgets <list>', 'alert budgets to measure at')
    .option('--declared', 'tell planned work beforehand')
    .option('--ablation', 'measure without each detector in turn')
    .option('--background <path>', 'recorded logs of normal days to measure on, instead of simulated worlds')
    .option('--attack <path...>', 'recorded attacks, replayed as if by principals of the background')
    .option('--alert-after <time>', 'with --background: learn before TIME; half of it when absent')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON (docs/configuration.md)')
    .option('--workers <number>', 'worlds measured at a time')
    .option('--verbose', 'list every false alert and every attack missed')
    .option('--json <file>', 'write everything that was measured')
    .option('--html <file>', 'write the tables as a page')
    .action(async (options: EvaluateArguments) => {
      const { evaluateCommand } = await import('./evaluate/evaluate-command.ts');
      exitCode = await evaluateCommand(options);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  }
}
