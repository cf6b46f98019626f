import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DAY_MS, EPOCH_MS, type EpochIndex, epochStart, SECOND_MS } from '@portcullis/event';
import type { Routing, RoutingStore } from '@portcullis/pipeline/live';
import { wrote } from './dynamo/failures.ts';
import { numberOf, textOf } from './dynamo/item.ts';
import { queryAll } from './dynamo/query.ts';
import { inParallel } from './in-parallel.ts';

const ROUTING = 'routing';
const WRITES_AT_ONCE = 16;
/** By event time. Whoever asks for an hour this long past gets its routing decided anew, from no rates. */
const KEPT_MS = 30 * DAY_MS;
/** Routings that a container keeps; they don't change. */
const REMEMBERED = 48;
const LOOKS_BACK = 2;

/** Routing of hot actors, on DynamoDB. */
export function dynamoRoutingStore(dynamo: DynamoDBDocumentClient, table: string): RoutingStore {
  const decided = new Map<EpochIndex, Routing>();

  const kept = async (epoch: EpochIndex): Promise<Routing | undefined> => {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: { pk: ROUTING, sk: String(epoch) }, ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const routing: Routing = JSON.parse(textOf(Item, 'routing'));
    return routing;
  };

  const ratesAround = async (epoch: EpochIndex): Promise<Routing> => {
    const hours = Array.from({ length: LOOKS_BACK + 1 }, (_, back) => epoch - back);
    const rates = new Map<string, number>();
    for (const item of (await Promise.all(hours.map((at) => queryAll(dynamo, table, ratesOf(at))))).flat()) {
      const actorId = textOf(item, 'sk');
      rates.set(actorId, Math.max(numberOf(item, 'events'), rates.get(actorId) ?? 0));
    }
    return Object.fromEntries(rates);
  };

  const decideFirst = async (epoch: EpochIndex, decide: (rates: Routing) => Routing): Promise<Routing> => {
    const mine = decide(await ratesAround(epoch));
    const put = new PutCommand({
      TableName: table,
      Item: { pk: ROUTING, sk: String(epoch), routing: JSON.stringify(mine), expiresAt: garbageFrom(epoch) },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    if (await wrote(dynamo.send(put))) return mine;
    return (await kept(epoch)) ?? mine;
  };

  return {
    async tell(epoch, rates) {
      await inParallel(Object.entries(rates), WRITES_AT_ONCE, ([actorId, events]) => {
        const update = new UpdateCommand({
          TableName: table,
          Key: { pk: ratesOf(epoch), sk: actorId },
          UpdateExpression: 'SET events = :events, expiresAt = :garbage',
          ConditionExpression: 'attribute_not_exists(events) OR events < :events',
          ExpressionAttributeValues: { ':events': events, ':garbage': garbageFrom(epoch) },
        });
        return wrote(dynamo.send(update));
      });
    },
    async of(epoch, decide) {
      const routing = decided.get(epoch) ?? (await kept(epoch)) ?? (await decideFirst(epoch, decide));
      decided.set(epoch, routing);
      if (decided.size > REMEMBERED) decided.delete(Math.min(...decided.keys()));
      return routing;
    },
  };
}

function ratesOf(epoch: EpochIndex): string {
  return `rates#${epoch}`;
}

/** Second from which what is kept of an hour is garbage. */
function garbageFrom(epoch: EpochIndex): number {
  return (epochStart(epoch) + EPOCH_MS + KEPT_MS) / SECOND_MS;
}
