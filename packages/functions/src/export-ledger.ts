import { awsConfigFrom, createClients } from '@portcullis/aws';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { copyLines } from './copy-lines.ts';
import { readEnvironment } from './environment.ts';
import { observed } from './telemetry.ts';

const { ledgerBucket } = readEnvironment(process.env, ['ledgerBucket']);
const { s3 } = createClients(awsConfigFrom(process.env));

/** Copies what is written to the ledger, and what is done to it. Woken by its own stream. */
export const handler = observed(async ({ Records }: DynamoDBStreamEvent) => {
  const { copied, changed, failed, errors } = await copyLines(Records, s3, ledgerBucket);
  return {
    answer: batchFailures(failed),
    figures: { Copied: copied, LedgerChanged: changed },
    errors,
  };
});
