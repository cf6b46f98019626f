/// <reference path="../.sst/platform/config.d.ts" />
import { arn, deploy, named, type Text } from './deployment.ts';
import type { KeptBuckets } from './kept.ts';
import type { Permission } from './pipeline-function.ts';
import type { Tables } from './tables.ts';

interface Things {
  readonly stored: Tables;
  readonly buckets: KeptBuckets;
  readonly activity: aws.kinesis.Stream;
  readonly increments: aws.sqs.Queue;
  readonly bus: aws.cloudwatch.EventBus;
  readonly signingKey: aws.kms.Key;
}

/** Who may do what, beside reading its own source. */
export interface Grants {
  readonly ingest: readonly Permission[];
  readonly score: readonly Permission[];
  readonly rollUp: readonly Permission[];
  readonly alert: readonly Permission[];
  readonly publish: readonly Permission[];
  readonly watch: readonly Permission[];
  readonly review: readonly Permission[];
}

/** By port of the live lane, what its adapter in packages/aws calls; then by function, which ports it uses. */
export function grants(things: Things): Grants {
  const { stored, buckets, activity, increments, bus, signingKey } = things;
  const on = (table: aws.dynamodb.Table, ...actions: readonly string[]): Permission => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    // Indexes of a table are resources of their own
    resources: [table.arn, $interpolate`${table.arn}/index/*`],
  });
  const objects = (bucket: aws.s3.Bucket, ...actions: readonly string[]): Permission => ({
    actions: actions.map((action) => `s3:${action}`),
    resources: [$interpolate`${bucket.arn}/*`],
  });
  const list = (bucket: aws.s3.Bucket): Permission => ({ actions: ['s3:ListBucket'], resources: [bucket.arn] });
  const { segments, baselines, alerts, control } = stored;

  // Routing, progress, marks, the pointer, leases, decisions, actors to forget
  const readControl = on(control, 'GetItem', 'BatchGetItem', 'Query');
  const writeControl = on(control, 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem');
  const openHours = on(segments, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem');
  const readBaselines = on(baselines, 'BatchGetItem');
  const readAlerts = on(alerts, 'GetItem', 'BatchGetItem', 'Query');
  const writeAlerts = on(alerts, 'PutItem', 'UpdateItem', 'DeleteItem');
  // Without the right to list, S3 calls what is not there forbidden
  const readState = [objects(buckets.state, 'GetObject'), list(buckets.state)];
  const reject = objects(buckets.rejects, 'PutObject');
  const put: Permission = { actions: ['kinesis:PutRecords'], resources: [activity.arn] };

  return {
    ingest: [put, reject, readControl, on(control, 'PutItem', 'UpdateItem')],
    score: [
      openHours,
      readControl,
      on(control, 'PutItem', 'UpdateItem'),
      readBaselines,
      ...readState,
      // Hands laid on our own feed are told at once
      on(alerts, 'PutItem', 'UpdateItem'),
      objects(buckets.evidence, 'PutObject'),
      reject,
      { actions: ['sqs:SendMessage'], resources: [increments.arn] },
    ],
    rollUp: [
      // Marks
      put,
      { actions: ['kinesis:ListShards'], resources: [activity.arn] },
      openHours,
      // Forgetting an actor looks through all open hours
      on(segments, 'DeleteItem', 'Scan', 'BatchWriteItem'),
      readControl,
      writeControl,
      readBaselines,
      on(baselines, 'UpdateItem', 'BatchWriteItem'),
      readAlerts,
      writeAlerts,
      on(alerts, 'BatchWriteItem'),
      ...readState,
      objects(buckets.state, 'PutObject', 'DeleteObject'),
      // Forgetting an actor
      objects(buckets.evidence, 'GetObject', 'DeleteObject'),
      list(buckets.evidence),
    ],
    alert: [readAlerts, writeAlerts, readControl],
    publish: [
      readAlerts,
      writeAlerts,
      { actions: ['events:PutEvents'], resources: [bus.arn] },
      { actions: ['kms:Sign'], resources: [signingKey.arn] },
    ],
    // What it finds waits in the outbox, like everything that is published
    watch: [readControl, on(segments, 'Query'), readAlerts, writeAlerts, ...askMembers()],
    review: [
      readControl,
      readBaselines,
      ...readState,
      on(alerts, 'PutItem', 'UpdateItem'),
      { actions: ['s3:PutObject'], resources: [$interpolate`${buckets.evidence.arn}/reviews/*`] },
    ],
  };
}

/** In an organization, the watcher asks each account by the role that `stacks/members` makes there. */
function askMembers(): Permission[] {
  if (deploy.scope !== 'organization') return [];
  const memberRole: Text = arn('iam', `role/${named('member')}`, { region: '', owner: '*' });
  return [
    {
      actions: ['sts:AssumeRole'],
      resources: [memberRole],
      conditions: [{ test: 'StringEquals', variable: 'aws:ResourceOrgID', values: [deploy.organizationId] }],
    },
  ];
}
