import { SignCommand } from '@aws-sdk/client-kms';
import { awsConfigFrom, awsPorts } from '@portcullis/aws';
import { kmsSigner, type SignableEvent, signEvent } from '@portcullis/contract/verify';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { batchFailures } from './batch-failures.ts';
import { readEnvironment } from './environment.ts';
import { publishLines } from './publish-lines.ts';
import { responseLane } from './response-lane.ts';
import { observed } from './telemetry.ts';

const { signingKey } = readEnvironment(process.env, ['signingKey']);
const { acting, clients, configVersion } = responseLane();
const signing = kmsSigner(signingKey, (request) => clients.kms.send(new SignCommand(request)));
const sign = <Event extends SignableEvent>(event: Event): Promise<Event> => signEvent(event, signing);
const { sink } = awsPorts(awsConfigFrom(process.env), { clients, ...(signingKey === '' ? {} : { sign }) });

/** Publishes each line of the ledger that is news. Woken by the ledger's own stream. */
export const handler = observed(async ({ Records }: DynamoDBStreamEvent) => {
  const told = await publishLines(Records, acting.ledger, sink, await configVersion());
  return {
    answer: batchFailures(told.refused),
    figures: {
      Published: told.published,
      FailedRevocations: told.failedRevocations + told.conflicts,
      BrakesTripped: told.brakesTripped,
    },
    errors: told.errors,
  };
});
