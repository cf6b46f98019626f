import { awsPorts, shardRecords } from '@portcullis/aws';
import { defaultSettings } from '@portcullis/config';
import type { AnomalyEvent, Decision } from '@portcullis/contract';
import { DAY_MS, type EpochMs } from '@portcullis/event';
import {
  deliver,
  type LogFile,
  labNetworks,
  logFileBytes,
  memorySource,
  simulate,
  smallWorld,
  stolenKeyStory,
} from '@portcullis/lab';
import { type PipelineState, type ReplayOutcome, replay } from '@portcullis/pipeline';
import { type LaneWorker, type LivePorts, laneWorker, liveSettings } from '@portcullis/pipeline/live';
import { createDeployment, type DeploymentOptions, type LocalDeployment } from '../local-aws/create-deployment.ts';

const SEED = 11;
const world = smallWorld({ days: 13, volume: 0.4 });

/** A small organization with an attack in its last days, as its trail delivers it. */
export const logs = {
  files: [...deliver(simulate({ ...world, actors: [...world.actors, stolenKeyStory(world)] }, SEED), SEED)],
  start: world.start,
  end: world.start + 13 * DAY_MS,
} as const;

export interface ReplayWindow {
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  readonly alertAfter?: EpochMs;
  readonly state?: PipelineState;
  readonly decisions?: readonly Decision[];
}

/** A replay of some of them, as everything else is compared with. */
export async function replayed(
  window: ReplayWindow,
): Promise<ReplayOutcome & { readonly told: readonly AnomalyEvent[] }> {
  const told: AnomalyEvent[] = [];
  const outcome = await replay(memorySource(logs.files), {
    settings: defaultSettings,
    network: labNetworks(),
    ...window,
    onAlert: (event) => told.push(event),
    onReject() {},
  });
  return { ...outcome, told };
}

/** A deployment on moto whose lane works in this process. */
export interface Bed extends LocalDeployment {
  readonly ports: LivePorts;
  readonly worker: LaneWorker;
  /** Has the lane read all files whose records lie in a time, hour by hour, working after each. */
  run(from: EpochMs, to: EpochMs): Promise<void>;
}

export async function startBed(endpoint: string, name: string, options: DeploymentOptions = {}): Promise<Bed> {
  const deployment = await createDeployment(endpoint, name, { activityShards: 1, ...options });
  const { clients, config } = deployment;
  const ports = awsPorts(config, { clients });
  const worker = laneWorker(ports, {
    settings: liveSettings(defaultSettings, { home: { account: '123456789012', region: config.region } }),
    network: labNetworks(),
    read: shardRecords(clients.kinesis, config.activityStream),
    now: Date.now,
    holder: name,
  });
  return {
    ...deployment,
    ports,
    worker,
    async run(from, to) {
      for (const file of filesOf(from, to)) {
        await worker.put('s3', [{ id: file.path, origin: file.path, bytes: logFileBytes(file) }]);
        await worker.work();
      }
    },
  };
}

/** Files merged by the hour of their delivery, with only those records that lie in a time. */
export function filesOf(from: EpochMs, to: EpochMs): readonly LogFile[] {
  const hours = Map.groupBy(logs.files, ({ path }) => /_(\d{8}T\d{2})\d{2}Z_/.exec(path)?.[1] ?? '');
  return [...hours].flatMap(([hour, files]) => {
    const records = files
      .flatMap((file) => file.records)
      .filter(({ eventTime }) => Date.parse(eventTime) >= from && Date.parse(eventTime) < to);
    return records.length === 0 ? [] : [{ path: `hour ${hour}`, records }];
  });
}
