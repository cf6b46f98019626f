/// <reference path="../../.sst/platform/config.d.ts" />
import { privateBucket } from '../bucket.ts';
import { deploy, lasting } from '../deployment.ts';
import {
  failurePermissions,
  pipelineFunction,
  readStream,
  type Shared,
  streamPermissions,
} from '../pipeline-function.ts';

/** Copies each line of the ledger, as it is written, to where nobody can change it: not even the root of the account. */
export function ledgerCopy(shared: Shared, ledgerStreamArn: $util.Output<string>) {
  const { bucket } = privateBucket('LedgerCopy', 'ledger', {
    key: shared.dataKey,
    // Its last line may still matter when the lock of the first is over
    days: { '': deploy.ledgerDays + 30 },
    // A throw-away stage could not be thrown away
    ...(lasting && { lockDays: deploy.ledgerDays }),
  });
  const exporter = pipelineFunction('export-ledger', shared, {
    description: 'Copies the ledger to where it is locked, and tells if a line was changed',
    memory: 512,
    seconds: 60,
    environment: { PORTCULLIS_LEDGER_BUCKET: bucket.bucket },
    permissions: [
      ...streamPermissions(ledgerStreamArn),
      ...failurePermissions(shared),
      { actions: ['s3:PutObject'], resources: [$interpolate`${bucket.arn}/*`] },
    ],
  });
  readStream('CopyLedger', { function: exporter, streamArn: ledgerStreamArn, shared, batchSize: 100 });
  return bucket;
}
