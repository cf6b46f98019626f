import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { TicketStore } from './tickets.ts';

/** A revision is over long before: episodes close after two days without anything new. */
const KEEP_MS = 400 * 24 * 60 * 60 * 1000;

/** What is known of each episode, in one table with the key `episode`. */
export function dynamoStore(client: Pick<DynamoDBClient, 'send'>, TableName: string, now: () => number): TicketStore {
  return {
    async load(episode) {
      const Key = { episode: { S: episode } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      if (Item === undefined) return undefined;
      const key = Item.ticket?.S;
      return { ...(key === undefined ? {} : { key }), revision: Number(Item.revision?.N) };
    },
    async save(episode, { key, revision }) {
      const expiresAt = Math.ceil((now() + KEEP_MS) / 1000);
      const Item = {
        episode: { S: episode },
        ...(key === undefined ? {} : { ticket: { S: key } }),
        revision: { N: String(revision) },
        expiresAt: { N: String(expiresAt) },
      };
      await client.send(new PutItemCommand({ TableName, Item }));
    },
  };
}
