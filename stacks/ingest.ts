/// <reference path="../.sst/platform/config.d.ts" />
import { deploy } from './deployment.ts';
import { fastLane } from './ingest/fast-lane.ts';
import { logGroupLane } from './ingest/log-group-lane.ts';
import { objectLane } from './ingest/object-lane.ts';
import { newTrail } from './ingest/trail.ts';
import type { Permission, Shared } from './pipeline-function.ts';

/** What reading needs, whichever way logs come. */
export interface IngestArgs {
  readonly shared: Shared;
  readonly networkTable: aws.lambda.LayerVersion;
  /** To pass activity events on, and to keep what could not be read. */
  readonly permissions: readonly Permission[];
}

/** The door: logs come in bulk by subscription or as objects, and singly where a response may depend on them. */
export function ingestStack(args: IngestArgs) {
  const trail = deploy.trail === 'new' ? newTrail(args.shared) : undefined;
  return {
    bulk: deploy.delivery === 'log-group' ? logGroupLane(args, trail) : objectLane(args, trail),
    fast: deploy.fastLane ? fastLane(args) : undefined,
    /** Where the past lies. */
    trail: trail
      ? { bucket: trail.bucket.bucket, prefix: 'AWSLogs/' }
      : { bucket: deploy.bucket, prefix: deploy.bucketPrefix },
  };
}
