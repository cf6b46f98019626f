import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { CreateStreamCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { awsPorts, environmentOf } from '@portcullis/aws';
import type { SettingsInput } from '@portcullis/config';
import type { PortcullisEvent } from '@portcullis/contract';
import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { LivePorts } from '@portcullis/pipeline/live';
import { build } from 'esbuild';
import { type LambdaFunction, startFunction } from '../support/lambda-function.ts';
import { bundleOptions } from '../support/sst-server.ts';
import { createDeployment, type LocalDeployment, MOTO_ACCOUNT } from './create-deployment.ts';
import { queueMapping } from './queue-mapping.ts';
import { streamMapping } from './stream-mapping.ts';
import { subscribe } from './subscriber.ts';
import { LOG_GROUP, type SubscriptionRecord } from './subscription-records.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Those that stand between a subscription record and the bus. */
const FUNCTIONS = ['ingest-stream', 'score-stream', 'roll-up', 'alert', 'publish-outbox'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

/** As the stacks set it, but for the waits. */
const POLICY = {
  maximumRetryAttempts: 100,
  maximumRecordAgeMs: 24 * HOUR_MS,
  bisectBatchOnFunctionError: true,
  retryAfterMs: 100,
};

export interface LaneOptions {
  /** Sets it apart from others on the same server. */
  readonly name: string;
  /** Accounts whose subscriptions are taken. */
  readonly owners: readonly string[];
  readonly settings?: SettingsInput;
}

/** A deployment whose functions run here. */
export interface LocalLane {
  readonly deployment: LocalDeployment;
  readonly ports: LivePorts;
  /** Puts records into the raw stream. */
  put(records: Iterable<SubscriptionRecord>): Promise<void>;
  /** Lets everything through that is on its way. */
  settle(): Promise<void>;
  /** What the schedule does every minute: the roll-up, and alerts that wait. */
  tick(): Promise<void>;
  /** Publishes what waits, as a change of the table makes it happen. */
  publish(): Promise<void>;
  /** Says that event time has gone past all that came, so that every hour is sealed. @param last - event time of the last record */
  close(last: EpochMs): Promise<void>;
  /** What the subscriber got since it was asked last. */
  received(): Promise<readonly PortcullisEvent[]>;
  stop(): void;
}

/** Creates a deployment on moto and starts its bundled functions, each in a process behind a Runtime API. */
export async function startLane(endpoint: string, { name, owners, settings = {} }: LaneOptions): Promise<LocalLane> {
  const deployment = await createDeployment(endpoint, name, { settings });
  const { clients, config } = deployment;
  const rawStream = `${name}-raw`;
  const failures = `${name}-failures`;
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: rawStream, ShardCount: 1 }));
  await clients.s3.send(
    new CreateBucketCommand({ Bucket: failures, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  const subscriber = await subscribe(deployment);
  const { functions, stop } = await startFunctions({
    ...environmentOf(config),
    PORTCULLIS_NETWORK_TABLE: path.join(root, 'packages/ingest/data/network.bin'),
    PORTCULLIS_LOG_GROUPS: JSON.stringify([LOG_GROUP]),
    PORTCULLIS_LOG_OWNERS: JSON.stringify(owners),
    PORTCULLIS_ACCOUNT: MOTO_ACCOUNT,
    PORTCULLIS_SIGNING_KEY: '',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: name,
    PORTCULLIS_FEED: JSON.stringify([`${name}-trail`]),
  });
  const mapping = (functionName: FunctionName, streamName: string, parallelizationFactor: number) =>
    streamMapping(
      clients,
      { functionName, streamName, batchSize: 100, parallelizationFactor, policy: POLICY, failures },
      (event) => functions[functionName].invoke(event),
    );
  const mappings = [
    mapping('ingest-stream', rawStream, 1),
    mapping('score-stream', config.activityStream, 1),
    queueMapping(clients.sqs, config.incrementQueueUrl, (event) => functions.alert.invoke(event)),
  ];
  const ports = awsPorts(config, { clients });

  const settle = async () => {
    let moved: number;
    do {
      moved = 0;
      for (const { pump } of mappings) moved += await pump();
    } while (moved > 0);
  };
  const publish = async () => {
    await functions['publish-outbox'].invoke({});
  };
  const tick = async () => {
    await functions['roll-up'].invoke({});
    await settle();
    await publish();
  };

  return {
    deployment,
    ports,
    settle,
    tick,
    publish,
    stop,
    async put(records) {
      for (const { key, data } of records) {
        await clients.kinesis.send(
          new PutRecordsCommand({ StreamName: rawStream, Records: [{ PartitionKey: key, Data: data }] }),
        );
      }
    },
    async close(last) {
      // As if an account of its own had gone on: nobody waits longer for the others than the settings say
      const at = last + 4 * HOUR_MS;
      await ports.progress.reach([{ lane: 's3', account: 'end', region: 'end', eventTime: at, arrivedAt: at }]);
      let before: number | undefined;
      for (let idle = 0; idle < 2; ) {
        await tick();
        const sealed = (await ports.snapshots.pointer())?.version;
        idle = sealed === before ? idle + 1 : 0;
        before = sealed;
      }
    },
    received: () => subscriber.receive(),
  };
}

async function startFunctions(environment: Readonly<Record<string, string>>) {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, '.cache/local-'));
  // Stands in for the SDK that the runtime brings
  symlinkSync(path.join(root, 'packages/aws/node_modules'), path.join(folder, 'node_modules'));
  const started = await Promise.all(
    FUNCTIONS.map(async (name): Promise<readonly [FunctionName, LambdaFunction]> => {
      await build({
        ...bundleOptions(path.join(root, `packages/functions/src/${name}.ts`), {
          external: ['@aws-sdk/*'],
        }),
        outfile: path.join(folder, name, 'bundle.mjs'),
      });
      return [name, await startFunction({ folder: path.join(folder, name), name, environment })];
    }),
  );
  const functions: Readonly<Record<string, LambdaFunction>> = Object.fromEntries(started);
  const of = (name: FunctionName): LambdaFunction => {
    const found = functions[name];
    if (found === undefined) throw new Error(`${name} was not started`);
    return found;
  };
  return {
    functions: {
      'ingest-stream': of('ingest-stream'),
      'score-stream': of('score-stream'),
      'roll-up': of('roll-up'),
      alert: of('alert'),
      'publish-outbox': of('publish-outbox'),
    },
    stop() {
      for (const [, { stop }] of started) stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
