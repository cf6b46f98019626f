import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { CreateStreamCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CreateKeyCommand, GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { awsPorts, environmentOf } from '@portcullis/aws';
import type { SettingsInput } from '@portcullis/config';
import type { PortcullisEvent } from '@portcullis/contract';
import type { PublicKeys } from '@portcullis/contract/verify';
import { type EpochMs, HOUR_MS } from '@portcullis/event';
import type { LivePorts } from '@portcullis/pipeline/live';
import { createDeployment, type LocalDeployment, MOTO_ACCOUNT } from './create-deployment.ts';
import { queueMapping } from './queue-mapping.ts';
import { startFunctions } from './start-functions.ts';
import { streamMapping } from './stream-mapping.ts';
import { subscribe } from './subscriber.ts';
import { LOG_GROUP, type SubscriptionRecord } from './subscription-records.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Those that stand between a subscription record and the bus. */
const FUNCTIONS = ['ingest-stream', 'score-stream', 'roll-up', 'alert', 'publish-outbox'] as const;
/** The other doors, and who looks after the house. */
const FURTHER_FUNCTIONS = ['ingest-s3', 'ingest-event', 'heartbeat'] as const;
type FunctionName = (typeof FUNCTIONS)[number] | (typeof FURTHER_FUNCTIONS)[number];

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
  /** Starts the functions that a trail of a log group has no need of, too, and signs what is published. */
  readonly whole?: boolean;
}

/** A deployment whose functions run here. */
export interface LocalLane {
  readonly deployment: LocalDeployment;
  readonly ports: LivePorts;
  /** Puts records into the raw stream. */
  put(records: Iterable<SubscriptionRecord>): Promise<void>;
  /** Puts an object into the bucket of the trail and announces it, as the bucket does by EventBridge. */
  deliver(key: string, bytes: Uint8Array): Promise<void>;
  /** Hands a single record to the fast lane, as its rule does. */
  forward(record: object): Promise<void>;
  /** What the schedule does every five minutes. */
  beat(): Promise<void>;
  /** For whoever wants to check what is published, by key; none where nothing is signed. */
  readonly publicKeys: PublicKeys;
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
export async function startLane(
  endpoint: string,
  { name, owners, settings = {}, whole = false }: LaneOptions,
): Promise<LocalLane> {
  const deployment = await createDeployment(endpoint, name, { settings });
  const { clients, config } = deployment;
  const rawStream = `${name}-raw`;
  const failures = `${name}-failures`;
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: rawStream, ShardCount: 1 }));
  await clients.s3.send(
    new CreateBucketCommand({ Bucket: failures, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  const subscriber = await subscribe(deployment);
  const trailBucket = `${name}-trail`;
  await clients.s3.send(
    new CreateBucketCommand({ Bucket: trailBucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  const { QueueUrl: trailObjects = '' } = await clients.sqs.send(
    new CreateQueueCommand({ QueueName: `${name}-trail-objects` }),
  );
  const publicKeys = whole ? await createSigningKey(deployment) : {};
  const [signingKey = ''] = Object.keys(publicKeys);
  const names: readonly FunctionName[] = whole ? [...FUNCTIONS, ...FURTHER_FUNCTIONS] : FUNCTIONS;
  const { invoke, stop } = await startFunctions(names, {
    ...environmentOf(config),
    PORTCULLIS_NETWORK_TABLE: path.join(root, 'packages/ingest/data/network.bin'),
    PORTCULLIS_LOG_GROUPS: JSON.stringify([LOG_GROUP]),
    PORTCULLIS_LOG_OWNERS: JSON.stringify(owners),
    PORTCULLIS_ACCOUNT: MOTO_ACCOUNT,
    PORTCULLIS_SIGNING_KEY: signingKey,
    PORTCULLIS_MEMBER_ROLE: '',
    PORTCULLIS_TRAIL_BUCKET: trailBucket,
    PORTCULLIS_FLOW_BUCKET: '',
    PORTCULLIS_FLOW_PREFIX: '',
    PORTCULLIS_TRAIL_PREFIX: 'AWSLogs/',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: name,
    PORTCULLIS_FEED: JSON.stringify([`${name}-trail`]),
  });
  const mapping = (functionName: FunctionName, streamName: string, parallelizationFactor: number) =>
    streamMapping(
      clients,
      { functionName, streamName, batchSize: 100, parallelizationFactor, policy: POLICY, failures },
      (event) => invoke(functionName, event),
    );
  const mappings = [
    mapping('ingest-stream', rawStream, 1),
    mapping('score-stream', config.activityStream, 1),
    queueMapping(clients.sqs, config.incrementQueueUrl, (event) => invoke('alert', event)),
    ...(whole ? [queueMapping(clients.sqs, trailObjects, (event) => invoke('ingest-s3', event))] : []),
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
    await invoke('publish-outbox', {});
  };
  const tick = async () => {
    await invoke('roll-up', {});
    await settle();
    await publish();
  };

  return {
    deployment,
    ports,
    settle,
    tick,
    publish,
    publicKeys,
    stop,
    async deliver(key, bytes) {
      await clients.s3.send(new PutObjectCommand({ Bucket: trailBucket, Key: key, Body: bytes }));
      const detail = { bucket: { name: trailBucket }, object: { key } };
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: trailObjects,
          MessageBody: JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', detail }),
        }),
      );
    },
    async forward(record) {
      await invoke('ingest-event', eventOf(record));
    },
    async beat() {
      await invoke('heartbeat', {});
    },
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
      await ports.progress.reach([
        { lane: 's3', account: '000000000000', region: 'end', eventTime: at, arrivedAt: at },
      ]);
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

/** As the stacks make it: KMS keeps the one half, subscribers get the other. */
async function createSigningKey({ clients: { kms } }: LocalDeployment): Promise<PublicKeys> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const keyArn = KeyMetadata?.Arn ?? '';
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyArn }));
  return { [keyArn]: Buffer.from(PublicKey ?? []).toString('base64') };
}

/** A record in the envelope in which EventBridge carries it. */
function eventOf(record: object): object {
  const at = (name: string) => String(Object.getOwnPropertyDescriptor(record, name)?.value);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${at('eventSource').split('.')[0]}`,
    account: at('recipientAccountId'),
    time: at('eventTime'),
    region: at('awsRegion'),
    resources: [],
    detail: record,
  };
}
