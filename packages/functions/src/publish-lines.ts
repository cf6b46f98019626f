import { ledgerLineOf } from '@portcullis/aws/response';
import type { AlertSink } from '@portcullis/pipeline/live';
import { evolve, foldEntries, type Ledger, type LedgerEntry, revocationEventOf } from '@portcullis/respond';
import type { DynamoDBRecord } from 'aws-lambda';

/** What is published of the ledger's stream, and counted for alarms. */
export interface Published {
  readonly published: number;
  readonly failedRevocations: number;
  readonly brakesTripped: number;
  readonly conflicts: number;
  /** Records to be delivered again, from the first on. */
  readonly refused: readonly string[];
  readonly errors: readonly string[];
}

/**
 * Publishes what lines of the ledger tell: made from the ledger as far as the line, so that each delivery of a line gives the same event.
 *
 * Stops at the first that the bus refuses: what happened later is told later.
 */
export async function publishLines(
  records: readonly DynamoDBRecord[],
  ledger: Pick<Ledger, 'read'>,
  sink: Pick<AlertSink, 'publish'>,
  configVersion: string,
): Promise<Published> {
  const counts = { published: 0, failedRevocations: 0, brakesTripped: 0, conflicts: 0 };
  for (const record of records) {
    const keys = record.dynamodb?.Keys ?? {};
    const line = ledgerLineOf(keys.pk?.S ?? '', keys.sk?.S ?? '');
    if (line === undefined) continue;
    const entries = (await ledger.read(line.restriction)).filter(({ sequence }) => sequence <= line.sequence);
    const entry = entries.at(-1);
    if (entry === undefined) continue;
    const event = eventOf(entries, entry, configVersion);
    if (event !== undefined) {
      const reason = (await sink.publish([event])).get(0);
      if (reason !== undefined) {
        return { ...counts, refused: [record.dynamodb?.SequenceNumber ?? ''], errors: [reason] };
      }
      counts.published += 1;
    }
    const { change } = entry;
    if (change.kind === 'failed') counts.failedRevocations += 1;
    if (change.kind === 'conflict') counts.conflicts += 1;
    if (change.kind === 'held' && change.by === 'brake') counts.brakesTripped += 1;
  }
  return { ...counts, refused: [], errors: [] };
}

function eventOf(entries: readonly LedgerEntry[], entry: LedgerEntry, configVersion: string) {
  const before = foldEntries(entries.slice(0, -1));
  return revocationEventOf(entry, evolve(before, entry), before, { mode: 'live', configVersion });
}
