import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { DAY_MS, isoTime } from '@portcullis/event';
import type { LogFile } from '@portcullis/lab';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { parseNumber, parseWords } from '../number-option.ts';
import { openNetworks } from '../replay/networks.ts';
import { shareBar } from '../share-bar.ts';
import { jsonLine } from '../terminal-text.ts';

/** The options as typed. */
export interface SimulateArguments {
  readonly out: string;
  readonly seed: string;
  readonly actors: string;
  readonly days: string;
  readonly half: string;
  readonly attacks: string;
  readonly loudness: string;
  readonly functionLogs?: boolean;
  readonly trafficLogs?: boolean;
}

/**
 * `portcullis simulate`: a made-up organization as CloudTrail would deliver it, with attacks in it, the answers and the
 * policies that its roles and users hold beside it.
 *
 * Writes file by file; memory follows one day, not all of them.
 */
export async function simulateCommand(options: SimulateArguments): Promise<ExitCode> {
  const seed = parseNumber(options.seed, '--seed', { min: 0 });
  const actors = parseNumber(options.actors, '--actors', { min: 10, max: 100_000 });
  const days = parseNumber(options.days, '--days', { min: 1, max: 400 });
  const wanted = parseNumber(options.attacks, '--attacks', { min: 0, max: 10_000 });
  const loudness = parseWords(options.loudness, '--loudness', ['loud', 'medium', 'quiet']);
  const half = parseWords(options.half, '--half', ['tuning', 'test'])[0] ?? 'tuning';
  await requireEmpty(options.out);

  const lab = await import('@portcullis/lab');
  const organization = lab.organization({ seed, actors, days, half });
  const stories = lab.STORIES.filter((story) => story.half === half);
  const network = await openNetworks();
  const { attacks, attacksFrom, records } = lab.attackedWorld({
    organization,
    stories,
    network,
    seed,
    attacks: wanted,
    loudness,
  });
  const bar = await shareBar();
  function* shown(files: Iterable<LogFile>) {
    for (const file of files) {
      const at = Date.parse(file.records[0]?.eventTime ?? '');
      bar.show((at - organization.start) / (days * DAY_MS), file.path.slice(-60));
      yield file;
    }
  }
  try {
    const held = lab.permissionsKeeper({ network, seed, since: organization.start - 400 * DAY_MS });
    const written = lab.writeLogFiles(options.out, held.watched(shown(lab.deliver(records(), seed))));
    await writeFile(path.join(options.out, 'authorization-details.json'), json(held.details()));
    const ofFunctions = options.functionLogs
      ? lab.writeFunctionLogs(path.join(options.out, 'lambda-logs'), organization, records(), seed)
      : 0;
    const ofTraffic = options.trafficLogs
      ? lab.writeTrafficLogs(path.join(options.out, 'traffic-logs'), organization, records(), seed)
      : 0;
    if (options.trafficLogs) {
      // For network.owners of the settings: logs name interfaces, not who owns them
      const owners = lab.interfaceOwners(lab.sitesOf(organization, seed));
      await writeFile(path.join(options.out, 'interface-owners.json'), json(owners));
    }
    const answers = { seed, half, ...lab.labelsOfAttacks(attacks) };
    const described = { seed, half, alertAfter: isoTime(attacksFrom), ...lab.describeOrganization(organization) };
    await writeFile(path.join(options.out, 'labels.json'), json(answers));
    await writeFile(path.join(options.out, 'organization.json'), json(described));
    await writeFile(
      path.join(options.out, 'declared-work.ndjson'),
      lab.declaredWork(organization).map(jsonLine).join(''),
    );
    bar.end();
    process.stderr.write(
      `${written.records} records in ${written.files} files, ${ofFunctions > 0 ? `${ofFunctions} files of functions, ` : ''}${ofTraffic > 0 ? `${ofTraffic} of networks and APIs, ` : ''}${attacks.length} attacks from ${isoTime(attacksFrom)} on, ` +
        `${organization.members.length} members, in ${options.out}\n`,
    );
  } finally {
    bar.end();
  }
  return ExitCode.done;
}

async function requireEmpty(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) throw new Error('it is not empty');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--out: ${folder} cannot be used: ${reason}`, { cause });
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
