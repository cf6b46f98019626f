import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from './item.ts';

export type Query = Omit<QueryCommandInput, 'ExclusiveStartKey'>;

/** All items of a query, page by page. Strongly consistent unless it says otherwise. */
export async function* queryPages(dynamo: DynamoDBDocumentClient, query: Query): AsyncGenerator<readonly Item[]> {
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(new QueryCommand({ ConsistentRead: true, ...query, ExclusiveStartKey: from }));
    if (page.Items?.length) yield page.Items;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** Items of one partition whose sort key begins with a text, in ascending order. */
export async function queryAll(
  dynamo: DynamoDBDocumentClient,
  table: string,
  partition: string,
  beginsWith = '',
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of queryPages(dynamo, partitionQuery(table, partition, beginsWith))) items.push(...page);
  return items;
}

export function partitionQuery(table: string, partition: string, beginsWith = ''): Query {
  return beginsWith === ''
    ? { TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': partition } }
    : {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': partition, ':sk': beginsWith },
      };
}
