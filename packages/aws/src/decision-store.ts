import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { type Decision, parseDecision } from '@portcullis/contract';
import type { EpochMs } from '@portcullis/event';
import type { DecisionStore } from '@portcullis/pipeline/live';
import { transacted } from './dynamo/failures.ts';
import { textOf } from './dynamo/item.ts';
import { queryPages } from './dynamo/query.ts';
import { StillRefusedError } from './errors.ts';
import { waitBeforeTry } from './wait.ts';

const DECISIONS = 'decisions';
const MAX_TRIES = 12;

/** Decisions on DynamoDB, by the time at which they were added. @param now - the clock that says it */
export function dynamoDecisionStore(dynamo: DynamoDBDocumentClient, table: string, now: () => EpochMs): DecisionStore {
  return {
    async add(decision) {
      const hash = createHash('sha256').update(canonical(decision)).digest('hex');
      for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
        if (attempt > 0) await waitBeforeTry(attempt);
        const write = new TransactWriteCommand({
          TransactItems: [
            {
              Put: {
                TableName: table,
                Item: { pk: `decision#${hash}`, sk: 'added' },
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
            {
              Put: {
                TableName: table,
                Item: { pk: DECISIONS, sk: `${timeText(now())}#${hash}`, decision: JSON.stringify(decision) },
              },
            },
          ],
        });
        const { again } = await transacted(dynamo.send(write));
        if (!again) return;
      }
      throw new StillRefusedError('adding a decision', 1, 'others write at the same time');
    },
    async since(addedAt) {
      const decisions: Decision[] = [];
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': DECISIONS, ':from': timeText(addedAt) },
      };
      for await (const page of queryPages(dynamo, query)) {
        decisions.push(...page.map((item) => parseDecision(JSON.parse(textOf(item, 'decision')))));
      }
      return decisions;
    },
  };
}

/** Sorts as the time does, from 1970 on. */
function timeText(time: EpochMs): string {
  return String(Math.max(0, Math.floor(time))).padStart(15, '0');
}

function canonical(decision: Decision): string {
  return JSON.stringify(decision, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
