import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { foldEntries, type Intent, isOver, type Ledger, type LedgerEntry } from '@portcullis/respond';
import { transacted } from '../dynamo/failures.ts';
import { bytesOf, type Item, textOf } from '../dynamo/item.ts';
import { queryAll, queryPages } from '../dynamo/query.ts';
import { StillRefusedError, TooLargeError } from '../errors.ts';
import { packText, unpackText } from '../packed-bytes.ts';
import { OPEN_RESTRICTIONS } from '../tables.ts';
import { waitBeforeTry } from '../wait.ts';

/** An item takes 400 KB with its keys. */
const MAX_PACKED_BYTES = 380_000;
const MAX_TRIES = 12;
const SEQUENCE_DIGITS = 10;
const TIME_DIGITS = 15;
const INTENTS = 'intents';
const LINES = 'restriction#';

type Writes = NonNullable<TransactWriteCommand['input']['TransactItems']>;

/** Where the ledger lies: lines in a table that is only ever added to, which of them are open in another. */
export interface LedgerTables {
  readonly ledger: string;
  readonly control: string;
}

/**
 * The ledger on DynamoDB: each line is put under its number if there is none, in one transaction with what is found by it.
 *
 * Nothing in the ledger's table is changed or deleted, so its writer needs no permission to. What is open is found by markers
 * in another table; one that stays behind after a crash is taken away by whoever asks next.
 */
export function dynamoLedger(dynamo: DynamoDBDocumentClient, { ledger, control }: LedgerTables): Ledger {
  const read = async (restriction: string): Promise<readonly LedgerEntry[]> =>
    (await queryAll(dynamo, ledger, partitionOf(restriction))).map(entryIn);

  const markerOf = (restriction: string): Item => ({ pk: OPEN_RESTRICTIONS, sk: restriction });

  const besides = ({ restriction, sequence, at, lease, change }: LedgerEntry): Writes => {
    if (change.kind === 'proposed') {
      return [
        { Put: { TableName: ledger, Item: { pk: alertPartition(change.plan.alert.id), sk: restriction } } },
        { Put: { TableName: control, Item: markerOf(restriction) } },
      ];
    }
    if (change.kind !== 'intended') return [];
    const sk = `${padded(at, TIME_DIGITS)}#${restriction}#${padded(sequence, SEQUENCE_DIGITS)}`;
    return [{ Put: { TableName: ledger, Item: { pk: INTENTS, sk, restriction, lease, at } } }];
  };

  return {
    read,
    async append(entry) {
      const packed = packText(JSON.stringify(entry));
      const name = `line ${entry.sequence} of ${entry.restriction}`;
      if (packed.length > MAX_PACKED_BYTES) throw new TooLargeError(name, packed.length, MAX_PACKED_BYTES);
      const Item = { pk: partitionOf(entry.restriction), sk: padded(entry.sequence, SEQUENCE_DIGITS), entry: packed };
      const line = { TableName: ledger, Item, ConditionExpression: 'attribute_not_exists(pk)' };
      const TransactItems: Writes = [{ Put: line }, ...besides(entry)];
      for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
        if (attempt > 0) await waitBeforeTry(attempt);
        const { failed, again } = await transacted(dynamo.send(new TransactWriteCommand({ TransactItems })));
        if (!again) return failed.length > 0 ? 'taken' : 'appended';
      }
      throw new StillRefusedError(name, 1, 'others kept writing to the same line');
    },
    async open() {
      const open: string[] = [];
      for (const marker of await queryAll(dynamo, control, OPEN_RESTRICTIONS)) {
        const restriction = textOf(marker, 'sk');
        const { leases, sequence } = foldEntries(await read(restriction));
        if ([...leases.values()].some((lease) => !isOver(lease))) open.push(restriction);
        else await unmark(dynamo, { ledger, control }, restriction, sequence);
      }
      return open;
    },
    async ofAlert(alert) {
      return (await queryAll(dynamo, ledger, alertPartition(alert))).map((item) => textOf(item, 'sk'));
    },
    async intentsSince(time) {
      const intents: Intent[] = [];
      const query = {
        TableName: ledger,
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': INTENTS, ':from': padded(time, TIME_DIGITS) },
      };
      for await (const page of queryPages(dynamo, query)) {
        for (const item of page) {
          const lease = foldEntries(await read(textOf(item, 'restriction'))).leases.get(textOf(item, 'lease'));
          if (lease === undefined) continue;
          const { account, actor } = lease.plan;
          intents.push({ account, actor: actor.id, at: Number(item.at) });
        }
      }
      return intents;
    },
  };
}

/** Takes a marker away, if nothing has been written since it was found to be over: a new proposal sets it again. */
async function unmark(
  dynamo: DynamoDBDocumentClient,
  { ledger, control }: LedgerTables,
  restriction: string,
  sequence: number,
): Promise<void> {
  const next = { pk: partitionOf(restriction), sk: padded(sequence + 1, SEQUENCE_DIGITS) };
  const check = { TableName: ledger, Key: next, ConditionExpression: 'attribute_not_exists(pk)' };
  const marker = { TableName: control, Key: { pk: OPEN_RESTRICTIONS, sk: restriction } };
  // Whatever stood in the way, it is asked again next time
  await transacted(
    dynamo.send(new TransactWriteCommand({ TransactItems: [{ ConditionCheck: check }, { Delete: marker }] })),
  );
}

/** Which line an item of the table is; `undefined` for what is written beside lines. */
export function ledgerLineOf(
  pk: string,
  sk: string,
): { readonly restriction: string; readonly sequence: number } | undefined {
  if (!pk.startsWith(LINES)) return undefined;
  return { restriction: pk.slice(LINES.length), sequence: Number(sk) };
}

function partitionOf(restriction: string): string {
  return `${LINES}${restriction}`;
}

function alertPartition(alert: string): string {
  return `alert#${alert}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function entryIn(item: Item): LedgerEntry {
  return JSON.parse(unpackText(bytesOf(item, 'entry')));
}
