/// <reference path="../.sst/platform/config.d.ts" />

import { TABLES, type TableName, type TableSchema } from '../packages/aws/src/tables.ts';
import { deploy, lasting, named } from './deployment.ts';
import { pascal } from './pipeline-function.ts';

/** Where the live lane keeps what it knows: on demand, encrypted by our key, restorable to any second of 35 days. */
export function tables(key: aws.kms.Key): Tables {
  const made = (name: TableName) => table(name, TABLES[name], key);
  return {
    segments: made('segments'),
    baselines: made('baselines'),
    alerts: made('alerts'),
    control: made('control'),
    ledger: made('ledger'),
  };
}

export type Tables = Readonly<Record<TableName, aws.dynamodb.Table>>;

/** Tables whose changes wake somebody, and what is told of them. */
const STREAMS: Readonly<Partial<Record<TableName, 'KEYS_ONLY' | 'NEW_AND_OLD_IMAGES'>>> = {
  // The publisher of alerts
  alerts: 'KEYS_ONLY',
  // Whoever copies it: a line that was changed is told with what it said before
  ...(deploy.response !== 'none' && { ledger: 'NEW_AND_OLD_IMAGES' as const }),
};

function table(name: TableName, schema: TableSchema, key: aws.kms.Key): aws.dynamodb.Table {
  const { hashKey, rangeKey, keyTypes, indexes, expiresAt } = schema;
  const streamViewType = STREAMS[name];
  return new aws.dynamodb.Table(pascal(name), {
    name: named(name),
    billingMode: 'PAY_PER_REQUEST',
    hashKey,
    ...(rangeKey && { rangeKey }),
    attributes: Object.entries(keyTypes).map(([attribute, type]) => ({ name: attribute, type })),
    globalSecondaryIndexes: indexes.map((index) => ({ ...index, projectionType: 'ALL' })),
    ...(expiresAt && { ttl: { attributeName: expiresAt, enabled: true } }),
    ...(streamViewType && { streamEnabled: true, streamViewType }),
    serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    pointInTimeRecovery: { enabled: true },
    deletionProtectionEnabled: lasting,
  });
}
