import {
  DeleteTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-eventbridge';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  ResourceNotFoundException as NoStreamException,
  StartStreamEncryptionCommand,
  ResourceInUseException as StreamInUseException,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';
import type { AwsConfig } from './config.ts';
import { createTable } from './create-table.ts';
import type { Deployment } from './deployment-value.ts';
import { chunks } from './dynamo/batch.ts';
import { deleteObjects, listObjects } from './s3/objects.ts';
import { TABLE_LIST } from './tables.ts';

const LONGEST_WAIT_SECONDS = 300;
const DELETED_AT_ONCE = 1000;

/** What a replay's name may be, so that all names that follow from it are taken. */
export const REPLAY_NAME = /^[a-z][a-z0-9-]{0,19}$/;

/** Names of a replay's own lane. Only what begins so is ever created or removed here. */
function namesOf({ stage }: Pick<Deployment, 'stage'>, id: string) {
  if (!REPLAY_NAME.test(id)) throw new RangeError(`${id} is no name for a replay`);
  const prefix = `portcullis-${stage}-replay-${id}`;
  const table = (name: string) => `${prefix}-${name}`;
  return {
    tables: {
      segments: table('segments'),
      baselines: table('baselines'),
      alerts: table('alerts'),
      control: table('control'),
      ledger: table('ledger'),
    },
    stream: `${prefix}-activity`,
    queue: `${prefix}-increments.fifo`,
    bus: prefix,
    objects: `replay-${id}/`,
  };
}

/**
 * Makes a lane of its own for a replay beside a deployment: tables, stream, queue and bus, and a prefix in the buckets. What is there
 * already is taken as it is, so a replay that was stopped can go on.
 */
export async function createReplayLane(deployment: Deployment, clients: Clients, id: string): Promise<AwsConfig> {
  const { config, dataKey } = deployment;
  const { dynamo, kinesis, eventBridge, sqs } = clients;
  const { tables, stream, queue, bus, objects } = namesOf(deployment, id);
  const encryption = dataKey === undefined ? {} : { KmsMasterKeyId: dataKey };
  for (const [name, schema] of TABLE_LIST) {
    await unless(ResourceInUseException, createTable(clients, tables[name], schema, dataKey));
  }
  await unless(
    StreamInUseException,
    kinesis.send(
      new CreateStreamCommand({
        StreamName: stream,
        ShardCount: 1,
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
      }),
    ),
  );
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: queue, Attributes: { FifoQueue: 'true', ...encryption } }),
  );
  await unless(ResourceAlreadyExistsException, eventBridge.send(new CreateEventBusCommand({ Name: bus })));
  const wait = { maxWaitTime: LONGEST_WAIT_SECONDS };
  for (const TableName of Object.values(tables)) await waitUntilTableExists({ client: dynamo, ...wait }, { TableName });
  await waitUntilStreamExists({ client: kinesis, ...wait }, { StreamName: stream });
  if (dataKey !== undefined) {
    await unless(
      StreamInUseException,
      kinesis.send(new StartStreamEncryptionCommand({ StreamName: stream, EncryptionType: 'KMS', KeyId: dataKey })),
    );
  }
  return { ...config, tables, activityStream: stream, incrementQueueUrl: QueueUrl, bus, objectPrefix: objects };
}

/** Removes all of it, also where some of it is gone already. */
export async function removeReplayLane(deployment: Deployment, clients: Clients, id: string): Promise<void> {
  const { dynamo, kinesis, sqs, s3 } = clients;
  const { tables, stream, queue, bus, objects } = namesOf(deployment, id);
  for (const TableName of Object.values(tables)) {
    await unless(ResourceNotFoundException, dynamo.send(new DeleteTableCommand({ TableName })));
  }
  await unless(NoStreamException, kinesis.send(new DeleteStreamCommand({ StreamName: stream })));
  await unless(
    QueueDoesNotExist,
    sqs
      .send(new GetQueueUrlCommand({ QueueName: queue }))
      .then(({ QueueUrl }) => sqs.send(new DeleteQueueCommand({ QueueUrl }))),
  );
  await removeBus(clients, bus);
  for (const bucket of Object.values(deployment.config.buckets)) {
    const keys = (await Array.fromAsync(listObjects(s3, bucket, objects))).map(({ key }) => key);
    for (const some of chunks(keys, DELETED_AT_ONCE)) await deleteObjects(s3, bucket, some);
  }
}

/** With the rules of those who listened. */
async function removeBus({ eventBridge }: Clients, EventBusName: string): Promise<void> {
  const { Rules = [] } = await eventBridge.send(new ListRulesCommand({ EventBusName })).catch((error: unknown) => {
    if (nameOf(error) === 'ResourceNotFoundException') return { Rules: [] };
    throw error;
  });
  for (const { Name: Rule } of Rules) {
    const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule, EventBusName }));
    const Ids = Targets.flatMap(({ Id }) => Id ?? []);
    if (Ids.length > 0) await eventBridge.send(new RemoveTargetsCommand({ Rule, EventBusName, Ids }));
    await eventBridge.send(new DeleteRuleCommand({ Name: Rule, EventBusName }));
  }
  await eventBridge.send(new DeleteEventBusCommand({ Name: EventBusName }));
}

/** Does something, unless it is refused because it is done. */
async function unless(refusal: abstract new (...args: never[]) => Error, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof refusal)) throw error;
  }
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
