import process from 'node:process';
import {
  LONGEST_DELIVERY_MS,
  objectsWithin,
  openShards,
  readCheckpoint,
  readSettings,
  type TrailPlace,
  type TrailRegion,
  trailRegions,
  trailSource,
  writeCheckpoint,
} from '@portcullis/aws';
import type { Settings } from '@portcullis/config';
import { DAY_MS, type EpochMs, epochStart, isoTime, MINUTE_MS } from '@portcullis/event';
import { decodeState, emptyState, encodeState, type PipelineState, replay } from '@portcullis/pipeline';
import { handOverOf, installState, liveSettings } from '@portcullis/pipeline/live';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit-code.ts';
import { confirmed } from '../live/confirmed.ts';
import { type DeploymentArguments, type OpenDeployment, openDeployment } from '../live/open-deployment.ts';
import { openNetworks } from '../replay/networks.ts';
import { parseTime } from '../replay/time-option.ts';
import { costText, sizeOf } from './backfill-cost.ts';

export interface BackfillArguments extends DeploymentArguments {
  readonly since: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly again?: boolean;
  readonly yes?: boolean;
}

/** How far it has come; kept in the deployment, so that anybody may go on. */
interface Progress {
  readonly since: EpochMs;
  readonly trail: TrailPlace;
  /** All events before are in, or came later than is waited for. */
  readonly through: EpochMs;
  readonly events: number;
  readonly rejected: number;
  /** Event time from which on the live lane is on its own. */
  readonly handedOver?: EpochMs;
}

interface Backfill {
  readonly deployment: OpenDeployment;
  readonly settings: Settings;
  readonly regions: readonly TrailRegion[];
  progress: Progress;
  state: PipelineState;
}

/**
 * `portcullis backfill`: a deployment learns from the logs that were there before it.
 *
 * Day by day through a replay, whose state is kept after each, and handed to the live lane at an hour before which nothing is on its way
 * any more. Tells no alerts: what is past is learned from.
 *
 * @throws {UsageError}
 */
export async function backfillCommand(options: BackfillArguments): Promise<ExitCode> {
  const backfill = await begin(await openDeployment(options), options);
  const { progress } = backfill;
  if (progress.handedOver !== undefined && !options.again) {
    say(`handed over at ${isoTime(progress.handedOver)} already; --again does it anew`);
    return ExitCode.done;
  }
  const now = Date.now();
  const objects = await objectsWithin(
    backfill.deployment.clients.s3,
    progress.trail,
    backfill.regions,
    progress.through,
    now,
  );
  say(`from ${isoTime(progress.through)} on: ${costText(sizeOf(objects))}`);
  if (!(await confirmed('go on?', options.yes))) return ExitCode.done;
  const before = await whereToHandOver(backfill);
  const end = before.kind === 'ready' ? epochStart(before.epoch) : reachedOr(before.reached, now);
  // As far as all that is waited for has been delivered for sure
  const whole = Math.floor(Math.min(end, now) / DAY_MS) * DAY_MS;
  while (backfill.progress.through < whole) await readUpTo(backfill, nextDay(backfill.progress.through));
  if (before.kind === 'too-early') {
    say(tooEarlyText(before.needed));
    return ExitCode.partial;
  }
  return handOver(backfill);
}

/** Where the lane has got nothing yet, it will begin about now. */
function reachedOr(reached: EpochMs, now: EpochMs): EpochMs {
  return Number.isFinite(reached) ? reached : now - LONGEST_DELIVERY_MS;
}

async function begin(deployment: OpenDeployment, options: BackfillArguments): Promise<Backfill> {
  const { config, clients } = deployment;
  const trail = trailOf(deployment, options);
  const since = sinceOf(options.since, Date.now());
  const settings = await readSettings(clients.ssm, config.settingsParameter);
  const regions = await trailRegions(clients.s3, trail);
  if (regions.length === 0) throw new UsageError(`s3://${trail.bucket}/${trail.prefix} holds no logs of CloudTrail`);
  const known = options.again ? undefined : await readCheckpoint<Progress>(config, clients);
  const goesOn =
    known !== undefined && known.head.trail.bucket === trail.bucket && known.head.trail.prefix === trail.prefix;
  // 90 days are counted from another day when it goes on tomorrow: begun is begun
  if (goesOn && (/d$/.test(options.since) || known.head.since === since)) {
    return { deployment, settings, regions, progress: known.head, state: decodeState(known.state) };
  }
  const progress = { since, trail, through: since, events: 0, rejected: 0 };
  return { deployment, settings, regions, progress, state: emptyState() };
}

function trailOf({ trail, stage }: OpenDeployment, { bucket, prefix = '' }: BackfillArguments): TrailPlace {
  if (bucket !== undefined) return { bucket, prefix };
  if (trail !== undefined) return trail;
  throw new UsageError(`${stage} reads a log group and knows no bucket; name that of the trail with --bucket`);
}

/** Days begin at midnight (UTC), like the folders of a trail. */
function sinceOf(text: string, now: EpochMs): EpochMs {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  const since = days === undefined ? parseTime(text, '--since') : now - Number(days) * DAY_MS;
  return Math.floor(since / DAY_MS) * DAY_MS;
}

function nextDay(at: EpochMs): EpochMs {
  return (Math.floor(at / DAY_MS) + 1) * DAY_MS;
}

/** Learns from what happened up to a time, and keeps what it has learned. Events are told apart by their time, so none counts twice. */
async function readUpTo(backfill: Backfill, to: EpochMs): Promise<void> {
  const { deployment, settings, regions, progress, state } = backfill;
  const { config, clients, ports } = deployment;
  const from = progress.through;
  const objects = await objectsWithin(clients.s3, progress.trail, regions, from, to);
  const outcome = await replay(trailSource(clients.s3, progress.trail, objects), {
    settings,
    network: await openNetworks(),
    from,
    to,
    state,
    alertAfter: Number.POSITIVE_INFINITY,
    // What people declared is not learned from
    decisions: from === progress.since ? await ports.decisions.since(0) : [],
    onAlert() {},
    onReject() {},
  });
  const rejected = Object.values(outcome.rejected).reduce((sum, count) => sum + count, 0);
  backfill.state = outcome.state;
  backfill.progress = {
    ...progress,
    through: to,
    events: progress.events + outcome.unique,
    rejected: progress.rejected + rejected,
  };
  await writeCheckpoint(config, clients, { head: backfill.progress, state: encodeState(outcome.state) });
  say(`read up to ${isoTime(to)}: ${outcome.unique} events, ${rejected} not readable, ${outcome.actors} actors known`);
}

async function whereToHandOver({ deployment, settings }: Backfill) {
  const { ports, clients, config, account } = deployment;
  const shards = await openShards(clients.kinesis, config.activityStream);
  const home = { account, region: config.region };
  return handOverOf(ports, shards, liveSettings(settings, { home }));
}

const LEASE = 'seal';
const LEASE_MS = 16 * MINUTE_MS;

/** While it holds the lease of the seals, nobody moves the lane on. */
async function handOver(backfill: Backfill): Promise<ExitCode> {
  const { ports, config, clients } = backfill.deployment;
  const holder = `backfill-${process.pid}-${Date.now()}`;
  if (!(await ports.leases.acquire(LEASE, holder, Date.now(), LEASE_MS))) {
    throw new UsageError('an hour is being sealed right now; run it again in a minute, all that was read is kept');
  }
  try {
    const found = await whereToHandOver(backfill);
    if (found.kind === 'too-early') throw new UsageError(tooEarlyText(found.needed));
    const at = epochStart(found.epoch);
    while (backfill.progress.through < at) {
      await readUpTo(backfill, Math.min(at, nextDay(backfill.progress.through)));
      await ports.leases.acquire(LEASE, holder, Date.now(), LEASE_MS);
    }
    if (backfill.progress.through > at) {
      throw new UsageError(
        `what was read goes up to ${isoTime(backfill.progress.through)}, past ${isoTime(at)}: --again`,
      );
    }
    // An hour in which nothing happened is over all the same
    backfill.state.sealedThrough = found.epoch - 1;
    await installState(backfill.state, ports, found.pointer);
    const head: Progress = { ...backfill.progress, handedOver: at };
    await writeCheckpoint(config, clients, { head, state: encodeState(emptyState()) });
    const { events, rejected } = head;
    say(
      `handed over at ${isoTime(at)}: ${backfill.state.baselines.size} actors, ${events} events, ${rejected} not readable`,
    );
    return ExitCode.done;
  } finally {
    await ports.leases.release(LEASE, holder);
  }
}

function tooEarlyText(needed: EpochMs | undefined): string {
  return needed === undefined
    ? 'the live lane has got nothing yet; run it again when it has: what was read is kept'
    : `the live lane can take over once it has got past ${isoTime(needed)}; run it again then: what was read is kept`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
