import process from 'node:process';
import { objectsOfDay, type Probe, probeAccess, readSettings, trailRegions } from '@portcullis/aws';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import {
  DEFAULT_WATCH,
  type Diagnosis,
  diagnose,
  expectedPlaces,
  liveSettings,
  type Vital,
} from '@portcullis/pipeline/live';
import { ExitCode } from '../exit-code.ts';
import { type DeploymentArguments, type OpenDeployment, openDeployment } from '../live/open-deployment.ts';
import { jsonLine } from '../terminal-text.ts';
import { diagnosisText } from './diagnosis-text.ts';

export interface DoctorArguments extends DeploymentArguments {
  readonly json?: boolean;
}

/** `portcullis doctor`: how a deployment is. The exit code says whether all is well. */
export async function doctorCommand(options: DoctorArguments): Promise<ExitCode> {
  const now = Date.now();
  const deployment = await openDeployment(options);
  const probes = await probeAccess(deployment, deployment.clients);
  const diagnosis = await examine(deployment, probes, now);
  const { isColorSupported } = (await import('picocolors')).default;
  const style = { colors: isColorSupported && process.stdout.isTTY, columns: process.stdout.columns ?? 120 };
  process.stdout.write(
    options.json
      ? jsonLine({ stage: deployment.stage, ...diagnosis, probes })
      : diagnosisText(diagnosis, probes, now, style),
  );
  return isWell(diagnosis, probes) ? ExitCode.done : ExitCode.trouble;
}

function isWell(diagnosis: Diagnosis | undefined, probes: readonly Probe[]): boolean {
  return (
    diagnosis !== undefined &&
    diagnosis.troubles.length === 0 &&
    diagnosis.places.every(({ troubles }) => troubles.length === 0) &&
    probes.every(({ outcome }) => outcome === 'ok')
  );
}

/** @returns `undefined` where not even that may be read which says how it is */
async function examine(
  deployment: OpenDeployment,
  probes: readonly Probe[],
  now: EpochMs,
): Promise<Diagnosis | undefined> {
  const needed = ['table control', 'table segments', 'table alerts', 'stream activity', 'parameter settings'];
  if (probes.some(({ on, outcome }) => needed.includes(on) && outcome !== 'ok')) return undefined;
  const { account, config, clients } = deployment;
  const home = { account, region: config.region };
  const settings = liveSettings(await readSettings(clients.ssm, config.settingsParameter), { home });
  const canaries = expectedPlaces(settings.pipeline, home);
  return diagnose(await vitalOf(deployment, probes, now), settings, { ...DEFAULT_WATCH, canaries }, now);
}

async function vitalOf(deployment: OpenDeployment, probes: readonly Probe[], now: EpochMs): Promise<Vital> {
  const { ports, clients, config } = deployment;
  const [oldest] = await ports.alerts.pending(1);
  const mayList = probes.some(({ on, outcome }) => on === 'bucket trail' && outcome === 'ok');
  const { listShards } = await import('@portcullis/aws');
  return {
    lanes: await ports.progress.lanes(),
    waiting: await ports.segments.waiting(),
    oldestUnpublished: oldest && Date.parse(oldest.event.detail.metadata.producedAt),
    pointer: await ports.snapshots.pointer(),
    shards: openShards(await listShards(clients.kinesis, config.activityStream)),
    marks: await ports.progress.marks(),
    delivered: mayList ? await newestObjects(deployment, now) : [],
  };
}

/** Those without a child: what has ended gets no marks. */
function openShards(
  shards: readonly { readonly id: string; readonly parents: readonly string[] }[],
): readonly string[] {
  return shards.filter(({ id }) => !shards.some(({ parents }) => parents.includes(id))).map(({ id }) => id);
}

/** Of the last two days, by account and region. */
async function newestObjects({ clients, trail }: OpenDeployment, now: EpochMs): Promise<Vital['delivered']> {
  if (trail === undefined) return [];
  const newest: { account: string; region: string; at: EpochMs }[] = [];
  for (const place of await trailRegions(clients.s3, trail)) {
    let at = Number.NEGATIVE_INFINITY;
    for (const day of [now - DAY_MS, now]) {
      for await (const { deliveredAt } of objectsOfDay(clients.s3, trail, place, day)) at = Math.max(at, deliveredAt);
    }
    if (Number.isFinite(at)) newest.push({ account: place.account, region: place.region, at });
  }
  return newest;
}
