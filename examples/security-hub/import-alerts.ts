import { type AsffFinding, type SecurityHub, toAsff } from '@portcullis/contract';
import { type PublicKeys, verifyAlert } from '@portcullis/contract/verify';
import { batchesOf } from './batches.ts';

/** The part of what SQS hands to a function that is read here. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Messages that have to come again. */
export interface QueueResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface Importing {
  readonly publisherAccount: string;
  readonly publicKeys: PublicKeys;
  readonly hub: SecurityHub;
  /** @returns those that Security Hub did not take */
  readonly importFindings: (
    findings: readonly AsffFinding[],
  ) => Promise<readonly { readonly id: string; readonly why: string }[]>;
  readonly now: () => number;
  readonly log: Pick<Console, 'warn' | 'error'>;
}

/** A finding, and the messages that it speaks for. */
interface Pending {
  readonly finding: AsffFinding;
  readonly revision: number;
  readonly messageIds: readonly string[];
}

/**
 * Imports the alerts of a batch of messages, and says which messages have to come again.
 *
 * Of several revisions of one alert only the newest goes out: each holds the whole. A repetition updates a finding to what it already is, and
 * Security Hub passes over one that is older than what it has, so nothing needs to be remembered here.
 */
export async function importAlerts({ Records }: QueueEvent, importing: Importing): Promise<QueueResponse> {
  const pending = new Map<string, Pending>();
  for (const { messageId, body } of Records) {
    const found = await verified(body, importing);
    if (found === undefined) continue;
    const other = pending.get(found.finding.Id);
    const newest = other !== undefined && other.revision > found.revision ? other : found;
    pending.set(found.finding.Id, { ...newest, messageIds: [...(other?.messageIds ?? []), messageId] });
  }
  const failed: string[] = [];
  for (const batch of batchesOf([...pending.values()].map(({ finding }) => finding))) {
    for (const { id, why } of await imported(batch, importing)) {
      importing.log.error(JSON.stringify({ notImported: id, why }));
      failed.push(...(pending.get(id)?.messageIds ?? []));
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** What is refused is told and done with: coming again would not make it true. */
async function verified(body: string, { publisherAccount, publicKeys, hub, now, log }: Importing) {
  const alert = await verifyAlert(parsed(body), { publisherAccount, publicKeys, now: now() });
  if (alert.kind === 'verified') {
    return { finding: toAsff(alert.event, hub), revision: alert.event.detail.metadata.revision };
  }
  log.warn(JSON.stringify({ refused: alert.reason, detail: alert.detail }));
  return undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A call that failed as a whole took none of them. */
async function imported(batch: readonly AsffFinding[], { importFindings }: Importing) {
  try {
    return await importFindings(batch);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return batch.map(({ Id }) => ({ id: Id, why }));
  }
}
