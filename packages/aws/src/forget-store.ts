import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ForgetStore } from '@portcullis/pipeline/live';
import { batchDelete } from './dynamo/batch.ts';
import { textOf } from './dynamo/item.ts';
import { queryAll } from './dynamo/query.ts';

const ASKED = 'forget';

/** Requests to forget an actor, on DynamoDB. */
export function dynamoForgetStore(dynamo: DynamoDBDocumentClient, table: string): ForgetStore {
  return {
    async ask(actorId) {
      await dynamo.send(new PutCommand({ TableName: table, Item: { pk: ASKED, sk: actorId } }));
    },
    async asked() {
      return (await queryAll(dynamo, table, ASKED)).map((item) => textOf(item, 'sk'));
    },
    async done(actorIds) {
      await batchDelete(
        dynamo,
        table,
        [...new Set(actorIds)].map((actorId) => ({ pk: ASKED, sk: actorId })),
      );
    },
  };
}
