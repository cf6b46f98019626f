import { CreateTableCommand, type CreateTableCommandInput, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand } from '@aws-sdk/client-eventbridge';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import {
  type AwsConfig,
  type Clients,
  createClients,
  deploymentParameter,
  environmentOf,
  settingsParameter,
  storedDeployment,
  TABLE_LIST,
  type TableSchema,
  type TrailPlace,
} from '@portcullis/aws';
import type { SettingsInput } from '@portcullis/config';

const REGION = 'eu-west-1';
/** The account that moto plays. */
export const MOTO_ACCOUNT = '123456789012';

export interface LocalDeployment {
  readonly config: AwsConfig;
  readonly clients: Clients;
}

export interface DeploymentOptions {
  readonly settings?: SettingsInput;
  readonly activityShards?: number;
  /** Where its trail lies, if people may ask for the past. */
  readonly trail?: TrailPlace;
}

/** Creates everything that the adapters need, as the stacks would. @param name - sets it apart from others on the same server */
export async function createDeployment(
  endpoint: string,
  name: string,
  { settings = {}, activityShards = 2, trail }: DeploymentOptions = {},
): Promise<LocalDeployment> {
  const clients = createClients({ region: REGION, endpoint });
  const tableName = (table: string) => `${name}-${table}`;
  const queueName = `${name}-increments.fifo`;
  const buckets = { state: `${name}-state`, evidence: `${name}-evidence`, rejects: `${name}-rejects` };
  const parameter = `/portcullis/${name}/settings`;

  for (const [table, schema] of TABLE_LIST) await createTable(clients, tableName(table), schema);
  for (const Bucket of Object.values(buckets)) {
    await clients.s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } }),
    );
  }
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: `${name}-activity`, ShardCount: activityShards }));
  await clients.eventBridge.send(new CreateEventBusCommand({ Name: name }));
  const queue = await clients.sqs.send(
    new CreateQueueCommand({ QueueName: queueName, Attributes: { FifoQueue: 'true' } }),
  );
  await clients.ssm.send(
    new PutParameterCommand({ Name: parameter, Type: 'String', Value: settingsParameter(settings) }),
  );
  const config: AwsConfig = {
    region: REGION,
    endpoint,
    tables: {
      segments: tableName('segments'),
      baselines: tableName('baselines'),
      alerts: tableName('alerts'),
      control: tableName('control'),
      ledger: tableName('ledger'),
    },
    activityStream: `${name}-activity`,
    incrementQueueUrl: queue.QueueUrl ?? '',
    bus: name,
    buckets,
    settingsParameter: parameter,
  };
  const { AWS_REGION, AWS_ENDPOINT_URL, ...variables } = environmentOf(config);
  const Value = JSON.stringify(storedDeployment({ account: MOTO_ACCOUNT, variables, ...(trail && { trail }) }));
  await clients.ssm.send(new PutParameterCommand({ Name: deploymentParameter(name), Type: 'String', Value }));
  return { clients, config };
}

export async function createTable(
  { dynamo }: Pick<Clients, 'dynamo'>,
  name: string,
  schema: TableSchema,
): Promise<void> {
  await dynamo.send(new CreateTableCommand(tableInput(name, schema)));
  if (schema.expiresAt === undefined) return;
  await dynamo.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: schema.expiresAt },
    }),
  );
}

function tableInput(name: string, { hashKey, rangeKey, keyTypes, indexes }: TableSchema): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(keyTypes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keySchema(hashKey, rangeKey),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.hashKey, index.rangeKey),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
  ];
}
