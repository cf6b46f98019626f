import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LeaseStore } from '@portcullis/pipeline/live';
import { wrote } from './dynamo/failures.ts';

/**
 * Leases on DynamoDB.
 *
 * `fence` counts the changes of hands and never goes back, so that a log or a later writer can tell holders apart.
 */
export function dynamoLeaseStore(dynamo: DynamoDBDocumentClient, table: string): LeaseStore {
  return {
    async acquire(name, holder, now, forMs) {
      const values = { ':holder': holder, ':until': now + forMs, ':now': now };
      const renewed = new UpdateCommand({
        TableName: table,
        Key: { pk: `lease#${name}`, sk: 'lease' },
        UpdateExpression: 'SET heldUntil = :until',
        ConditionExpression: 'holder = :holder AND heldUntil > :now',
        ExpressionAttributeValues: values,
      });
      if (await wrote(dynamo.send(renewed))) return true;
      const taken = new UpdateCommand({
        TableName: table,
        Key: { pk: `lease#${name}`, sk: 'lease' },
        UpdateExpression: 'SET holder = :holder, heldUntil = :until ADD fence :one',
        ConditionExpression: 'attribute_not_exists(holder) OR heldUntil <= :now',
        ExpressionAttributeValues: { ...values, ':one': 1 },
      });
      return wrote(dynamo.send(taken));
    },
    async release(name, holder) {
      const update = new UpdateCommand({
        TableName: table,
        Key: { pk: `lease#${name}`, sk: 'lease' },
        UpdateExpression: 'REMOVE holder, heldUntil',
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      });
      await wrote(dynamo.send(update));
    },
  };
}
