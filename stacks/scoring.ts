/// <reference path="../.sst/platform/config.d.ts" />
import { deploy, named, type Text } from './deployment.ts';
import { STREAM_ACTIONS } from './ingest/log-group-lane.ts';
import {
  failurePermissions,
  keepFailedEvents,
  type Permission,
  pipelineFunction,
  readStream,
  type Shared,
} from './pipeline-function.ts';
import { policy, tlsOnly } from './policy.ts';

/** As long as raw logs wait, so that a weekend is bridged here too. */
const RETENTION_HOURS = 72;

/** Activity events on their way to the scorer, those of one actor in order. */
export function activityStream({ dataKey }: Pick<Shared, 'dataKey'>) {
  const stream = new aws.kinesis.Stream('Activity', {
    name: named('activity'),
    shardCount: deploy.activityShards,
    streamModeDetails: { streamMode: 'PROVISIONED' },
    retentionPeriod: RETENTION_HOURS,
    encryptionType: 'KMS',
    kmsKeyId: dataKey.arn,
  });
  new aws.kinesis.ResourcePolicy('ActivityTlsOnly', {
    resourceArn: stream.arn,
    policy: policy(tlsOnly(STREAM_ACTIONS, stream.arn)),
  });
  return stream;
}

interface ScoringArgs {
  readonly shared: Shared;
  readonly stream: aws.kinesis.Stream;
  readonly score: readonly Permission[];
  readonly rollUp: readonly Permission[];
}

/** Observes each batch, and every minute seals the hours that are over. */
export function scoringStack({ shared, stream, score, rollUp }: ScoringArgs) {
  const scorer = pipelineFunction('score-stream', shared, {
    description: 'Adds activity to what each actor did this hour, and tells early what breaks with its baseline',
    // Baselines of the actors of a batch, 4 KB each packed, and a warm cache of them; a whole vCPU for judging
    memory: 1769,
    seconds: 60,
    environment: {},
    permissions: [mayRead(stream.arn), ...failurePermissions(shared), ...score],
  });
  // One batch of a shard at a time: a mark says that all before it has been observed, which two at a time would break
  readStream('ReadActivity', { function: scorer, streamArn: stream.arn, shared, batchSize: 500, parallelization: 1 });

  const sealer = pipelineFunction('roll-up', shared, {
    description: 'Seals the hours that are over: judges all their actors, learns, and leaves alerts to be published',
    // Holds every actor that was active in an hour, some 50 KB each while it is judged
    memory: 3008,
    seconds: 900,
    // A seal follows from the one before
    concurrency: 1,
    environment: {},
    permissions: [...failurePermissions(shared), ...rollUp],
  });
  // The next minute is the second try. A seal of a quarter of an hour lets fifteen minutes wait
  keepFailedEvents('roll-up', { function: sealer, shared, retries: 0, maxAgeSeconds: 60 * 60 });
  return { scorer, sealer };
}

function mayRead(streamArn: Text): Permission {
  return {
    actions: [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
    ],
    resources: [streamArn],
  };
}
