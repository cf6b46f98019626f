import process from 'node:process';
import { auditForget, type KeptOfActor, keptOfActor } from '@portcullis/aws';
import { decodeBaseline, readLiveState, type StoredBaseline } from '@portcullis/pipeline/live';
import { decidedBy } from '../decisions/decided-by.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { confirmed } from '../live/confirmed.ts';
import { type DeploymentArguments, type OpenDeployment, openDeployment } from '../live/open-deployment.ts';
import { jsonLine, printable } from '../terminal-text.ts';

export interface ForgetArguments extends DeploymentArguments {
  readonly reason: string;
  readonly by?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * `portcullis actor forget`: shows what is kept, and asks for it to be removed with the next seal.
 *
 * @throws {UsageError}
 */
export async function forgetActor(id: string, options: ForgetArguments): Promise<ExitCode> {
  const by = decidedBy(options.by);
  const deployment = await openDeployment(options);
  const { ports, config, clients } = deployment;
  const { actorIds, accounts } = await findActor(deployment, id);
  const baselines = await ports.baselines.load(actorIds, Number.POSITIVE_INFINITY);
  const kept = new Map<string, KeptOfActor>();
  for (const actorId of actorIds) {
    kept.set(actorId, await keptOfActor(config, clients, actorId, accounts));
    const text = keptText(actorId, baselines.get(actorId), kept.get(actorId));
    if (!options.json) process.stdout.write(text);
  }
  if (!(await confirmed('remove all of it?', options.yes))) return ExitCode.done;
  for (const [actorId, amounts] of kept) {
    const told = { actorId, at: Date.now(), by, reason: options.reason, baseline: baselines.has(actorId), ...amounts };
    const line = await auditForget(config, clients, told);
    // Behind the audit line: what was removed was asked for
    await ports.forgets.ask(actorId);
    process.stdout.write(jsonLine(line));
  }
  if (!options.json)
    process.stdout.write('it will be gone with the next seal, an hour and a quarter from now at most\n');
  return ExitCode.done;
}

/** The actor that an id, or a part of one, means, and what services do in its name. */
async function findActor(
  { ports, stage }: OpenDeployment,
  id: string,
): Promise<{ readonly actorIds: readonly string[]; readonly accounts: ReadonlySet<string> }> {
  const { lastDays, accounts } = await readLiveState(ports);
  // One that has only been seen in an hour that is open has no last day yet; it is taken at its word
  if (lastDays.has(id) || /^\d{12}\/./.test(id)) return { actorIds: [id, ...inItsName(id, lastDays.keys())], accounts };
  const found = [...lastDays.keys()].filter((actorId) => actorId.includes(id) && !actorId.includes('/via/')).sort();
  const [actorId] = found;
  if (actorId === undefined) throw new UsageError(`${stage} knows no actor ${id}`);
  if (found.length > 1) {
    throw new UsageError(`${id} is part of ${found.length} ids: ${found.slice(0, 10).join(', ')}`);
  }
  return { actorIds: [actorId, ...inItsName(actorId, lastDays.keys())], accounts };
}

function inItsName(actorId: string, all: Iterable<string>): readonly string[] {
  return [...all].filter((other) => other.startsWith(`${actorId}/via/`)).sort();
}

function keptText(
  actorId: string,
  baseline: StoredBaseline | undefined,
  { segments, alerts, evidence }: KeptOfActor = { segments: 0, alerts: 0, evidence: 0 },
): string {
  const lines = [
    `of ${printable(actorId)} is kept:`,
    baseline === undefined ? '- no baseline' : `- ${baselineText(baseline)}`,
    `- ${segments} parts of hours that are open or were within eight days`,
    `- ${alerts} alerts, with all their revisions`,
    `- ${evidence} objects of evidence`,
  ];
  return `${lines.join('\n')}\n`;
}

function baselineText({ bytes, known }: StoredBaseline): string {
  const { events, firstDay, lastDay } = decodeBaseline(bytes);
  const name = known === undefined ? '' : `, known as ${printable(known.name)}`;
  return `a baseline of ${events} events in ${lastDay - firstDay + 1} days, and the one before it${name}`;
}
