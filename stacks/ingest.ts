/// <reference path="../.sst/platform/config.d.ts" />
import { deploy } from './deployment.ts';
import { fastLane } from './ingest/fast-lane.ts';
import { logGroupLane } from './ingest/log-group-lane.ts';
import { objectLane } from './ingest/object-lane.ts';
import { groupsBesideTrail } from './ingest/subscribed-groups.ts';
import { newTrail } from './ingest/trail.ts';
import type { Permission, Shared } from './pipeline-function.ts';

/** What reading needs, whichever way logs come. */
export interface IngestArgs {
  readonly shared: Shared;
  readonly networkTable: aws.lambda.LayerVersion;
  /** To pass activity events on, and to keep what could not be read. */
  readonly permissions: readonly Permission[];
}

/** Whether anything comes by subscription. */
export const readsLogGroups = deploy.delivery === 'log-group' || groupsBesideTrail(deploy).length > 0;

/** Whether anything comes as objects. */
export const readsObjects = deploy.delivery === 's3' || deploy.flowBucket !== '';

/** The door: logs come in bulk by subscription or as objects, and singly where a response may depend on them. */
export function ingestStack(args: IngestArgs) {
  const trail = deploy.trail === 'new' ? newTrail(args.shared) : undefined;
  return {
    stream: readsLogGroups ? logGroupLane(args, trail) : undefined,
    objects: readsObjects ? objectLane(args, trail) : undefined,
    fast: deploy.fastLane ? fastLane(args) : undefined,
    /** Where the past lies. */
    trail: trail
      ? { bucket: trail.bucket.bucket, prefix: 'AWSLogs/' }
      : { bucket: deploy.bucket, prefix: deploy.bucketPrefix },
  };
}
