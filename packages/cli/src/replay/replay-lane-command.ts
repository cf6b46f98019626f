import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsPorts, createReplayLane, REPLAY_NAME, readSettings, removeReplayLane, shardRecords } from '@portcullis/aws';
import { EPOCH_MS, type EpochIndex, type EpochMs, epochOf, HOUR_MS } from '@portcullis/event';
import { emptyState, fileSource, type LogContainer, type LogSource } from '@portcullis/pipeline';
import {
  installState,
  type LaneWorker,
  type LivePorts,
  laneWorker,
  liveSettings,
  readLiveState,
  replayPorts,
} from '@portcullis/pipeline/live';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { type Interruption, listenForInterruption } from '../interruption.ts';
import { type DeploymentArguments, type OpenDeployment, openDeployment } from '../live/open-deployment.ts';
import { parseNumber, parseWords } from '../number-option.ts';
import { printable } from '../terminal-text.ts';
import { openNetworks } from './networks.ts';

/** Options of `replay` that say where to replay into. */
export interface ReplayLaneArguments extends DeploymentArguments {
  readonly into?: string;
  readonly rate: string;
  readonly start: string;
  readonly keep?: boolean;
}

/** Containers after which the lane is worked on. */
const CONTAINERS_PER_TURN = 12;

/**
 * `portcullis replay --into NAME`: logs through a live lane of their own beside a deployment: own stream, tables and bus, removed
 * after. It begins with a copy of what the deployment knows, and changes nothing of it.
 *
 * @throws {UsageError}
 */
export async function replayLaneCommand(
  paths: readonly string[],
  options: ReplayLaneArguments & { readonly into: string },
): Promise<ExitCode> {
  const { into } = options;
  if (!REPLAY_NAME.test(into))
    throw new UsageError(`--into: ${into} is no name; take up to 20 letters, digits and hyphens`);
  const [start] = parseWords(options.start, '--start', ['live', 'empty']);
  const rate = parseNumber(options.rate, '--rate', { min: 1 });
  const source = fileSource(paths, { stdin: process.stdin });
  const deployment = await openDeployment(options);
  const { clients } = deployment;
  const interruption = listenForInterruption();
  try {
    const config = await createReplayLane(deployment, clients, into);
    process.stderr.write(`replay ${into}: alerts go to the bus ${config.bus}\n`);
    const own = awsPorts(config, { clients });
    const ports = start === 'live' ? replayPorts(own, deployment.ports) : own;
    const pipeline = await readSettings(clients.ssm, config.settingsParameter);
    const worker = laneWorker(ports, {
      settings: liveSettings(pipeline, { replay: into, home: { account: deployment.account, region: config.region } }),
      network: await openNetworks(),
      read: shardRecords(clients.kinesis, config.activityStream),
      now: Date.now,
      holder: into,
    });
    const unreadable = await run(source, { worker, ports, deployment, fromLive: start === 'live', rate, interruption });
    const told = await ports.alerts.list(0, 1000);
    process.stdout.write(`${told.length} alerts told on ${config.bus}\n`);
    if (interruption.signal.aborted) return ExitCode.interrupted;
    return unreadable > 0 ? ExitCode.partial : ExitCode.done;
  } finally {
    if (!options.keep) await removeReplayLane(deployment, clients, into);
    interruption.release();
  }
}

interface Run {
  readonly worker: LaneWorker;
  readonly ports: LivePorts;
  readonly deployment: OpenDeployment;
  readonly fromLive: boolean;
  readonly rate: number;
  readonly interruption: Interruption;
}

/**
 * Puts containers into the lane, no faster than told, and seals all of it at the end. Records that cannot be read go where the lane keeps its
 * rejects.
 *
 * @returns containers that could not be read at all, each of which is told
 */
async function run(
  source: LogSource,
  { worker, ports, deployment, fromLive, rate, interruption }: Run,
): Promise<number> {
  const began = Date.now();
  let events = 0;
  let containers = 0;
  let unreadable = 0;
  for await (const container of source) {
    if (interruption.signal.aborted) return unreadable;
    if ('rejection' in container) {
      unreadable += 1;
      process.stderr.write(`${printable(`${container.name}: ${container.rejection.message}`)}\n`);
      continue;
    }
    const more = await put(container, worker);
    // Installed late, since only what was read says in which hour it begins
    if (events === 0 && more > 0 && fromLive) await beginWithLive(ports, deployment);
    events += more;
    containers += 1;
    if (containers % CONTAINERS_PER_TURN === 0) await worker.work();
    const ahead = (events / rate) * 1000 - (Date.now() - began);
    if (ahead > 0) await sleep(ahead);
  }
  const reached = await reachedBy(ports);
  if (Number.isFinite(reached)) await worker.finish(reached + 4 * HOUR_MS);
  return unreadable;
}

async function put({ name, bytes, precedingLines }: LogContainer, worker: LaneWorker): Promise<number> {
  const origin = precedingLines === 0 ? name : `${name}, after line ${precedingLines}`;
  return (await worker.put('s3', [{ id: origin, origin, bytes }])).events;
}

/**
 * What the deployment knew at its latest seal. Where the logs are older than that, their hours are open all the same: its lane sealed
 * them, this one did not. Nobody's alerts are open in it, and none of the people's answers wait.
 */
async function beginWithLive(ports: LivePorts, { ports: live }: OpenDeployment): Promise<void> {
  if ((await ports.snapshots.pointer()) !== undefined) return;
  const { alerts, episodes, mutes, works } = emptyState();
  const known = await readLiveState(live);
  const first = epochOf(await reachedBy(ports)) - HOURS_BEFORE_FIRST;
  const sealedThrough: EpochIndex = Math.min(known.sealedThrough, first);
  await installState({ ...known, alerts, episodes, mutes, works, decisions: [], sealedThrough }, ports);
}

/** Records of one container are minutes apart, those of a long file hours. */
const HOURS_BEFORE_FIRST = Math.ceil((24 * HOUR_MS) / EPOCH_MS);

async function reachedBy({ progress }: LivePorts): Promise<EpochMs> {
  return Math.max(...(await progress.lanes()).map(({ eventTime }) => eventTime));
}
