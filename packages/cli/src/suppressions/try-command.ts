import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { AnomalyEvent } from '@portcullis/contract';
import { type HiddenAlert, replay } from '@portcullis/pipeline';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { checkedSettings, loadValue } from '../replay/load-settings.ts';
import { openNetworks } from '../replay/networks.ts';
import { type ReplayArguments, readRequest } from '../replay/replay-request.ts';
import { jsonLine, printable } from '../terminal-text.ts';

export interface TryArguments extends ReplayArguments {
  readonly labels?: string;
}

/** Old logs are asked what a suppression matches, not whether it was in force then. */
const NEVER = '9999-12-31T00:00:00Z';

/**
 * `portcullis suppressions try`: replays and says which alerts these suppressions would have hidden.
 *
 * @param file - a list of suppressions, or settings that hold one
 * @throws {UsageError}
 * @throws {ConfigurationError}
 */
export async function trySuppressions(
  file: string,
  paths: readonly string[],
  options: TryArguments,
): Promise<ExitCode> {
  const { suppressions } = await checkedSettings(suppressionsOf(await loadValue(file)), file);
  const attacks = options.labels === undefined ? undefined : await attackEvents(options.labels);
  const request = await readRequest(paths, options);
  const { source, from, to, alertAfter, decisions, state } = request;
  const hidden = new Map<string, HiddenAlert>();
  const outcome = await replay(source, {
    settings: { ...request.settings, suppressions: suppressions.map((one) => ({ ...one, expires: NEVER })) },
    network: await openNetworks(),
    from,
    to,
    alertAfter,
    decisions,
    state,
    onAlert: ({ detail }) => void hidden.delete(detail.metadata.id), // told in the end, by other evidence
    onReject() {},
    onHidden(alert) {
      if (alert.suppressions.length > 0) hidden.set(alert.event.detail.metadata.id, alert);
    },
  });
  const alerts = [...hidden.values()];
  const isAttack = ({ event }: HiddenAlert) => attacks && eventIds(event).some((id) => attacks.has(id));
  for (const alert of alerts) {
    process.stdout.write(request.json ? record(alert, isAttack(alert)) : line(alert, isAttack(alert)));
  }
  if (!request.json) {
    process.stdout.write(`${closing(alerts.length, outcome.alerts, attacks && alerts.filter(isAttack).length)}\n`);
    for (const { id } of suppressions) {
      const count = alerts.filter((alert) => alert.suppressions.includes(id)).length;
      process.stdout.write(`${printable(`  ${id}: ${count}`)}\n`);
    }
  }
  return outcome.partial ? ExitCode.partial : ExitCode.done;
}

function suppressionsOf(value: unknown): object {
  if (Array.isArray(value)) return { suppressions: value };
  const listed =
    typeof value === 'object' && value !== null && 'suppressions' in value ? value.suppressions : undefined;
  return { suppressions: listed ?? value };
}

/** Ids of the events that labels call an attack; where they do not say so of each, all of them are. */
async function attackEvents(file: string): Promise<ReadonlySet<string>> {
  try {
    const labels: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof labels === 'object' && labels !== null && 'events' in labels && typeof labels.events === 'object') {
      const events: [string, unknown][] = Object.entries(labels.events ?? {});
      return new Set(events.filter(([, label]) => isAttackLabel(label)).map(([id]) => id));
    }
    throw new Error('expected an object with events by id');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--labels: ${file} cannot be used: ${reason}`, { cause });
  }
}

function isAttackLabel(label: unknown): boolean {
  return typeof label !== 'object' || label === null || !('label' in label) || label.label === 'attack';
}

function eventIds({ detail }: AnomalyEvent): readonly string[] {
  return detail.data.eventIds;
}

function record({ event, suppressions }: HiddenAlert, attack: boolean | undefined): string {
  return jsonLine({ suppressions, attack, event });
}

function line({ event, suppressions }: HiddenAlert, attack: boolean | undefined): string {
  const { severity, score, title, firstSeen } = event.detail.data;
  const mark = attack ? ' LABELLED ATTACK' : '';
  return `${printable(`${firstSeen}  ${severity} ${score}  ${title}  (${suppressions.join(', ')})${mark}`)}\n`;
}

function closing(hidden: number, told: number, attacks: number | undefined): string {
  const rest =
    attacks === undefined
      ? 'whether attacks are among them only --labels can tell'
      : `${attacks} of them labelled attacks`;
  return `would have hidden ${hidden} of ${hidden + told} alerts; ${rest}`;
}
