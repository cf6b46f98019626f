import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type EpochMs, isoTime } from '@portcullis/event';
import { actorPartition } from './alert-store.ts';
import type { Clients } from './clients.ts';
import type { AwsConfig } from './config.ts';
import { textOf } from './dynamo/item.ts';
import { queryAll } from './dynamo/query.ts';
import { actorPrefix, keysBelow } from './evidence-store.ts';
import { segmentsOf } from './segment-store.ts';

const AUDIT = 'audit';

/** How much is kept of an actor, beside its baseline. */
export interface KeptOfActor {
  /** Parts of hours that are open, or were within eight days. */
  readonly segments: number;
  /** Episodes told, or that emerged. */
  readonly alerts: number;
  /** Objects with writes of an hour. */
  readonly evidence: number;
}

/** @param accounts - all whose logs arrive here: an actor may have acted in any of them */
export async function keptOfActor(
  { tables, buckets }: AwsConfig,
  { dynamo, s3 }: Clients,
  actorId: string,
  accounts: Iterable<string>,
): Promise<KeptOfActor> {
  const own = actorId.slice(0, actorId.indexOf('/'));
  let segments = 0;
  for await (const page of segmentsOf(dynamo, tables.segments, [actorId])) segments += page.length;
  let evidence = 0;
  for (const account of new Set([own, ...accounts])) {
    evidence += (await keysBelow(s3, buckets.evidence, actorPrefix(account, actorId))).length;
  }
  return { segments, alerts: (await queryAll(dynamo, tables.alerts, actorPartition(actorId))).length, evidence };
}

/** Who had what removed, when and why. Of whom is kept as a hash only: it can be compared, and not read. */
export interface ForgetAudit extends KeptOfActor {
  readonly audit: 'actor-forget';
  readonly at: string;
  readonly actorSha256: string;
  readonly by: string;
  readonly reason: string;
  readonly baseline: boolean;
}

/** All audit lines, oldest first. */
export async function forgetAudits({ tables }: AwsConfig, { dynamo }: Clients): Promise<readonly ForgetAudit[]> {
  const items = await queryAll(dynamo, tables.control, AUDIT);
  return items.map((item): ForgetAudit => JSON.parse(textOf(item, 'line')));
}

/** Writes an audit line, which nothing removes, and gives it. */
export async function auditForget(
  { tables }: AwsConfig,
  { dynamo }: Clients,
  {
    actorId,
    at,
    ...told
  }: KeptOfActor & Pick<ForgetAudit, 'by' | 'reason' | 'baseline'> & { readonly actorId: string; readonly at: EpochMs },
): Promise<ForgetAudit> {
  const actorSha256 = createHash('sha256').update(actorId).digest('hex');
  const line: ForgetAudit = { audit: 'actor-forget', at: isoTime(at), actorSha256, ...told };
  await dynamo.send(
    new PutCommand({
      TableName: tables.control,
      Item: { pk: AUDIT, sk: `${line.at}#${actorSha256}`, line: JSON.stringify(line) },
    }),
  );
  return line;
}
