import type { Verdict } from '@portcullis/contract';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { deploymentOptions } from '../live/deployment-options.ts';
import { collect } from '../repeatable.ts';
import type { MuteArguments, VerdictArguments } from './answer-alerts.ts';
import type { StateArguments } from './saved-alerts.ts';
import type { ListArguments } from './show-alerts.ts';

const VERDICTS: readonly { readonly name: string; readonly verdict: Verdict; readonly about: string }[] = [
  {
    name: 'confirm',
    verdict: 'confirmed',
    about: 'an attack: never learned from, alerts in full whenever it comes back',
  },
  { name: 'dismiss', verdict: 'dismissed', about: 'harmless: closes, and the same does not alert again' },
  { name: 'expected', verdict: 'expected', about: 'harmless and known beforehand, also for others or for a time' },
  { name: 'reopen', verdict: 'reopened', about: 'takes an answer back' },
];

/** Where the alerts are: exactly one of the first two. */
function whichAlerts(command: Command): Command {
  return deploymentOptions(command.option('--state <file>', 'state that replay --save-state wrote'));
}

/** `portcullis alerts ...`: what a saved state or a deployment has told, and what people answer. */
export function registerAlerts(program: Command, done: (code: ExitCode) => void): void {
  const alerts = program
    .command('alerts')
    .description('list and answer the alerts of a saved state or a deployment (docs/feedback.md)');

  whichAlerts(alerts.command('list'))
    .description('alerts told, latest first')
    .option('--unanswered', 'only those that nobody answered')
    .option('--json', 'one JSON object per line')
    .action(async (options: ListArguments) => done(await (await import('./show-alerts.ts')).listAlerts(options)));

  whichAlerts(alerts.command('show'))
    .description('one alert in full')
    .argument('<id>', 'id of the episode, or its beginning')
    .option('--json', 'as one JSON object')
    .action(async (id: string, options: StateArguments) =>
      done(await (await import('./show-alerts.ts')).showAlert(id, options)),
    );

  for (const { name, verdict, about } of VERDICTS) {
    decision(alerts.command(name).description(about).argument('<id...>', 'ids of episodes, or their beginnings'))
      .option('--actors <pattern>', 'holds for these actors too: id, ARN or name, with *; may be repeated', collect)
      .option('--team <name>', 'holds for this team of the settings too')
      .option('--until <time>', 'holds until TIME only')
      .action(async (ids: string[], options: VerdictArguments) =>
        done(await (await import('./answer-alerts.ts')).answerAlerts(verdict, ids, options)),
      );
  }

  decision(alerts.command('mute').description('tells nothing of an alert or an actor until TIME').argument('[id]'))
    .option('--actor <name>', 'id, ARN or name of one actor, instead of an id')
    .requiredOption('--until <time>', 'until when')
    .action(async (id: string | undefined, options: MuteArguments) =>
      done(await (await import('./answer-alerts.ts')).muteAlerts(id, options)),
    );
}

/** The options of everything that decides: where, who, why, when. */
function decision(command: Command): Command {
  return whichAlerts(command)
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who decides; the user who runs this, unless told')
    .option('--at <time>', 'when it takes effect; now, but no later than the logs of a saved state go, unless told')
    .option('--decisions <file>', 'append it there too, for replay --decisions')
    .option('--config <file>', 'settings: portcullis.config.ts or JSON')
    .option('--json', 'print the decision and what it did as JSON');
}
