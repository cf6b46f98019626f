import { CreateTableCommand, type CreateTableCommandInput, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { Clients } from './clients.ts';
import type { TableSchema } from './tables.ts';

/** Creates a table as the stacks would, but for what makes one last. @param key - ARN of a key of its own */
export async function createTable(
  { dynamo }: Pick<Clients, 'dynamo'>,
  name: string,
  schema: TableSchema,
  key?: string,
): Promise<void> {
  await dynamo.send(new CreateTableCommand(tableInput(name, schema, key)));
}

/** Turned on once a table is there. */
export async function expireItems(
  { dynamo }: Pick<Clients, 'dynamo'>,
  name: string,
  { expiresAt }: TableSchema,
): Promise<void> {
  if (expiresAt === undefined) return;
  await dynamo.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: expiresAt },
    }),
  );
}

function tableInput(
  name: string,
  { hashKey, rangeKey, keyTypes, indexes }: TableSchema,
  key: string | undefined,
): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(keyTypes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keySchema(hashKey, rangeKey),
    ...(key !== undefined && { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key } }),
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
