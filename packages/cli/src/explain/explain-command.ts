import process from 'node:process';
import type { Settings } from '@portcullis/config';
import type { AnomalyEvent } from '@portcullis/contract';
import { openAlerts } from '@portcullis/pipeline';
import picocolors from 'picocolors';
import { DETECTOR_GUIDES } from '../detector-guides.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { readState } from '../read-state.ts';
import { loadSettings } from '../replay/load-settings.ts';
import { printable } from '../terminal-text.ts';
import { explanation } from './explanation.ts';
import { readAlerts } from './read-alerts.ts';

/** The options as typed. */
export interface ExplainArguments {
  readonly all?: boolean;
  readonly alerts?: string;
  readonly state?: string;
  readonly config?: string;
}

/**
 * `portcullis explain`: how the risk of an alert came about, piece by piece.
 *
 * @param episode - id or the beginning of one; without it the only alert, or a list to choose from
 */
export async function explainCommand(episode: string | undefined, options: ExplainArguments): Promise<ExitCode> {
  if (episode !== undefined && options.all) throw new UsageError('name an episode or --all, not both');
  if (options.alerts !== undefined && options.state !== undefined) {
    throw new UsageError('--alerts and --state are two places to look in; name one');
  }
  const settings = await loadSettings(options.config);
  const known = await alertsOf(options, settings);
  const chosen = options.all ? known : choose(known, episode);
  if (chosen === undefined) {
    process.stdout.write(`${listOf(known)}\n`);
    return ExitCode.done;
  }
  const style = { colors: picocolors.isColorSupported && process.stdout.isTTY };
  for (const event of chosen) process.stdout.write(`${explanation(event, settings.alerts, DETECTOR_GUIDES, style)}\n`);
  return ExitCode.done;
}

async function alertsOf({ alerts, state }: ExplainArguments, settings: Settings): Promise<readonly AnomalyEvent[]> {
  return state === undefined ? readAlerts(alerts ?? '-') : openAlerts(await readState(state, '--state'), settings);
}

/** @returns `undefined` where several could be meant and none was named */
function choose(known: readonly AnomalyEvent[], episode: string | undefined): readonly AnomalyEvent[] | undefined {
  if (episode === undefined) return known.length === 1 ? known : undefined;
  const meant = known.filter(({ detail }) => detail.metadata.id.startsWith(episode));
  if (meant.length === 1) return meant;
  const what = meant.length === 0 ? 'no alert here has the id' : `${meant.length} alerts have an id that begins with`;
  throw new UsageError(`${what} ${episode}\n${listOf(known)}`);
}

function listOf(known: readonly AnomalyEvent[]): string {
  if (known.length === 0) return 'there is no alert here';
  const lines = known.map(({ detail: { data, metadata } }) =>
    printable(`  ${metadata.id}  ${data.severity.padEnd(8)} ${String(data.score).padStart(3)}  ${data.title}`),
  );
  return ['Name one, or --all:', ...lines].join('\n');
}
