import type { EpochMs, NetworkLookup } from '@portcullis/event';
import { createIngest } from '@portcullis/ingest';
import { createUsageCollector } from '@portcullis/review';
import type { LogFile } from '../delivery/log-file.ts';
import type { JsonObject } from '../record/cloudtrail-record.ts';
import { heldPermissions } from './held-permissions.ts';

/** Watches log files go by, so that in the end it can tell what policies everybody in them holds. */
export interface PermissionsKeeper {
  watched(files: Iterable<LogFile>): Generator<LogFile>;
  /** As `iam:GetAccountAuthorizationDetails` gives it. */
  details(): JsonObject;
}

/** @param since - when roles and policies were made */
export function permissionsKeeper({
  network,
  seed,
  since,
}: {
  readonly network: NetworkLookup;
  readonly seed: number;
  readonly since: EpochMs;
}): PermissionsKeeper {
  const ingest = createIngest({ network });
  const collector = createUsageCollector();
  return {
    *watched(files) {
      for (const file of files) {
        const bytes = Buffer.from(JSON.stringify({ Records: file.records }));
        for (const event of ingest.container(bytes).events) collector.observe(event);
        yield file;
      }
    },
    details: () => heldPermissions(collector.usage(), seed, since),
  };
}
