import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DAY_MS, type EpochMs, SECOND_MS } from '@portcullis/event';
import { isBulk, type Lane, type LaneProgress, LOG_LANES, type ProgressStore } from '@portcullis/pipeline/live';
import { wrote } from './dynamo/failures.ts';
import { type Item, numberOf, textOf } from './dynamo/item.ts';
import { queryAll } from './dynamo/query.ts';
import { inParallel } from './in-parallel.ts';

const LANES = 'lanes';
const MARKS = 'marks';
const BEGAN = { pk: 'began', sk: 'bulk' };
/** A shard that gave no mark for so long is gone: streams keep a week at most here. */
const MARKS_KEPT_MS = 8 * DAY_MS;
const WRITES_AT_ONCE = 16;
const LANE_NAMES: readonly Lane[] = ['stream', 's3', 'event', ...LOG_LANES];

/** How far lanes and shards have come, on DynamoDB. @param now - the clock, which only says when marks become garbage */
export function dynamoProgressStore(dynamo: DynamoDBDocumentClient, table: string, now: () => EpochMs): ProgressStore {
  let hasBegun = false;
  return {
    async reach(progress) {
      const bulk = progress.filter(isBulk);
      if (!hasBegun && bulk.length > 0) {
        const put = new PutCommand({
          TableName: table,
          Item: { ...BEGAN, eventTime: Math.max(...bulk.map(({ eventTime }) => eventTime)) },
          ConditionExpression: 'attribute_not_exists(pk)',
        });
        await wrote(dynamo.send(put));
        hasBegun = true;
      }
      // Of one lane only the furthest is worth a write
      const furthest = new Map<string, LaneProgress>();
      for (const told of progress) {
        const known = furthest.get(laneText(told));
        if (known === undefined || told.eventTime > known.eventTime) furthest.set(laneText(told), told);
      }
      await inParallel([...furthest], WRITES_AT_ONCE, ([sk, lane]) => {
        const put = new PutCommand({
          TableName: table,
          Item: { pk: LANES, sk, ...lane },
          ConditionExpression: 'attribute_not_exists(pk) OR eventTime < :time',
          ExpressionAttributeValues: { ':time': lane.eventTime },
        });
        return wrote(dynamo.send(put));
      });
    },
    async lanes() {
      return (await queryAll(dynamo, table, LANES)).map(laneOf);
    },
    async began() {
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: BEGAN, ConsistentRead: true }));
      return Item && numberOf(Item, 'eventTime');
    },
    async passed(shardId, mark) {
      const update = new UpdateCommand({
        TableName: table,
        Key: { pk: MARKS, sk: shardId },
        UpdateExpression: 'SET mark = :mark, expiresAt = :garbage',
        ConditionExpression: 'attribute_not_exists(mark) OR mark < :mark',
        ExpressionAttributeValues: { ':mark': mark, ':garbage': Math.ceil((now() + MARKS_KEPT_MS) / SECOND_MS) },
      });
      await wrote(dynamo.send(update));
    },
    async marks() {
      const items = await queryAll(dynamo, table, MARKS);
      return new Map(items.map((item) => [textOf(item, 'sk'), numberOf(item, 'mark')]));
    },
  };
}

function laneText({ lane, account, region }: LaneProgress): string {
  return `${lane}#${account}#${region}`;
}

function laneOf(item: Item): LaneProgress {
  const name = textOf(item, 'lane');
  return {
    lane: LANE_NAMES.find((known) => known === name) ?? 'stream',
    account: textOf(item, 'account'),
    region: textOf(item, 'region'),
    eventTime: numberOf(item, 'eventTime'),
    arrivedAt: numberOf(item, 'arrivedAt'),
  };
}
