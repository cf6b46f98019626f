/// <reference path="../.sst/platform/config.d.ts" />
import { account, arn, deploy, named, type Text } from './deployment.ts';
import { trust } from './policy.ts';

/** Handlers by name: `packages/functions/src/<name>.ts`. */
export type FunctionName =
  | 'ingest-stream'
  | 'ingest-s3'
  | 'ingest-event'
  | 'score-stream'
  | 'roll-up'
  | 'alert'
  | 'publish-outbox'
  | 'heartbeat'
  | 'review'
  | ResponseFunctionName;

/** Only where something may act; see `stacks/response.ts`. */
type ResponseFunctionName =
  | 'respond'
  | 'keep-leases'
  | 'collect-facts'
  | 'act-mint'
  | 'act-attach'
  | 'act-revert'
  | 'act-edit'
  | 'publish-revocations'
  | 'export-ledger'
  | 'revocations';

export interface Permission {
  readonly effect?: 'allow' | 'deny';
  readonly actions: string[];
  readonly resources: Text[];
  readonly conditions?: { test: string; variable: string; values: Text[] }[];
}

interface FunctionArgs {
  readonly description: string;
  /** MB; one vCPU stands behind 1,769. */
  readonly memory: number;
  readonly seconds: number;
  readonly environment: Readonly<Record<string, Text>>;
  readonly permissions: readonly Permission[];
  readonly layers?: readonly Text[];
  readonly concurrency?: number;
}

/** What every function shares. */
export interface Shared {
  readonly dataKey: aws.kms.Key;
  readonly failures: aws.s3.Bucket;
  readonly undelivered: aws.sqs.Queue;
  readonly environment: Readonly<Record<string, Text>>;
  readonly permissions: readonly Permission[];
}

const RETENTION = {
  '1': '1 day',
  '3': '3 days',
  '7': '1 week',
  '14': '2 weeks',
  '30': '1 month',
  '60': '2 months',
  '90': '3 months',
  '180': '6 months',
  '365': '1 year',
} as const;

/** One Lambda function with a role, a log group and permissions of its own. */
export function pipelineFunction(name: FunctionName, shared: Shared, args: FunctionArgs) {
  const logGroup = `/aws/lambda/${named(name)}`;
  return new sst.aws.Function(pascal(name), {
    name: named(name),
    description: args.description,
    handler: `packages/functions/src/${name}.handler`,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memory: `${args.memory} MB`,
    timeout: `${args.seconds} seconds`,
    ...(args.layers && { layers: [...args.layers] }),
    ...(args.concurrency && { concurrency: { reserved: args.concurrency } }),
    // The runtime brings the SDK; bundling it would double what a cold start reads. What lies below it is ours to bring
    nodejs: { format: 'esm', minify: true, sourcemap: false, esbuild: { external: ['@aws-sdk/*'] } },
    logging: { format: 'json', retention: RETENTION[deploy.logDays] },
    environment: {
      ...shared.environment,
      ...args.environment,
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: named('pipeline'),
    },
    permissions: [
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [arn('logs', `log-group:${logGroup}:*`)],
      },
      // Sampled traces. X-Ray knows no resources here: `*` is the only value that it takes
      { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] },
      {
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: [shared.dataKey.arn],
      },
      ...shared.permissions,
      ...args.permissions,
    ],
    transform: {
      role(role) {
        // SST 4.17.1 lets the root of the account, hence every principal it allows, take up a function's role
        role.assumeRolePolicy = trust('lambda.amazonaws.com');
        // Its logging policy is for all log groups; the permission above is for the function's own
        role.managedPolicyArns = [];
        role.name = named(name);
      },
      function(lambda) {
        lambda.tracingConfig = { mode: 'Active' };
        // Two lines about every good invocation would be most of the log
        lambda.loggingConfig = $output(lambda.loggingConfig).apply((config) => ({
          logFormat: 'JSON',
          ...config,
          applicationLogLevel: 'INFO',
          systemLogLevel: 'WARN',
        }));
      },
      logGroup(group) {
        group.kmsKeyId = shared.dataKey.arn;
      },
    },
  });
}

/** Permission to leave behind in the failures bucket what could not be processed, by Lambda in the name of the role. */
export function failurePermissions({ failures }: Pick<Shared, 'failures'>): Permission[] {
  return [
    { actions: ['s3:PutObject'], resources: [$interpolate`${failures.arn}/aws/lambda/*`] },
    { actions: ['s3:ListBucket'], resources: [failures.arn], conditions: [ownBucket()] },
  ];
}

/** Permission to read the stream of a table. */
export function streamPermissions(streamArn: Text): Permission[] {
  return [
    {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [streamArn],
    },
    // Lists the streams of a table, and takes no table
    { actions: ['dynamodb:ListStreams'], resources: ['*'] },
  ];
}

/** So that a bucket of the same name in another account receives nothing. */
function ownBucket() {
  return { test: 'StringEquals', variable: 's3:ResourceAccount', values: [account] };
}

/** Where events go that a function could not process, when it was invoked without anybody waiting. */
export function keepFailedEvents(
  name: FunctionName,
  {
    function: target,
    shared,
    retries,
    maxAgeSeconds,
  }: { function: sst.aws.Function; shared: Shared; retries: number; maxAgeSeconds: number },
) {
  new aws.lambda.FunctionEventInvokeConfig(`${pascal(name)}Failures`, {
    functionName: target.name,
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: maxAgeSeconds,
    destinationConfig: { onFailure: { destination: shared.failures.arn } },
  });
}

interface StreamSource {
  readonly function: sst.aws.Function;
  readonly streamArn: Text;
  readonly shared: Shared;
  readonly batchSize: number;
  readonly parallelization?: number;
  readonly filters?: readonly object[];
}

/** Reads a stream from its beginning, and sets a poisoned record aside instead of stopping at it. */
export function readStream(name: string, source: StreamSource) {
  return new aws.lambda.EventSourceMapping(name, {
    functionName: source.function.arn,
    eventSourceArn: source.streamArn,
    // What was logged before the first deployment has finished is in there, too
    startingPosition: 'TRIM_HORIZON',
    batchSize: source.batchSize,
    maximumBatchingWindowInSeconds: BATCHING_WINDOW_SECONDS,
    parallelizationFactor: source.parallelization ?? 1,
    // Answers name the records that failed, and a batch that fails as a whole is halved until the culprit is alone
    functionResponseTypes: ['ReportBatchItemFailures'],
    bisectBatchOnFunctionError: true,
    // The defaults, for ever and as long as the stream keeps them, let one bad record stop its shard for days
    maximumRetryAttempts: MAX_RETRIES,
    maximumRecordAgeInSeconds: MAX_RECORD_AGE_SECONDS,
    // S3 keeps the whole batch; a queue would keep a pointer to records that expire
    destinationConfig: { onFailure: { destinationArn: source.shared.failures.arn } },
    ...(source.filters && {
      filterCriteria: { filters: source.filters.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
    }),
  });
}

/** Part of the promised latency: two seconds a hop at most. */
const BATCHING_WINDOW_SECONDS = 2;

/** What our handlers fail on is worth another try: they answer for a record that can't be read, and don't throw. */
const MAX_RETRIES = 100;

/** A day: an outage of ours is waited for, and the stream keeps three. */
const MAX_RECORD_AGE_SECONDS = 24 * 60 * 60;

export function pascal(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
