import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { ListShardsCommand } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Clients } from './clients.ts';
import type { Deployment } from './deployment-value.ts';

/** How one call fared that looks at one thing. */
export interface Probe {
  /** `table control` */
  readonly on: string;
  /** The permission that the call needs. */
  readonly action: string;
  /** `denied`: who asks may not. `missing`: there is no such thing. `failed`: nobody knows. */
  readonly outcome: 'ok' | 'denied' | 'missing' | 'failed';
  readonly message?: string;
}

/** Looks once at each thing that a deployment consists of, with the permissions of whoever asks. Changes nothing. */
export async function probeAccess({ config, trail }: Deployment, clients: Clients): Promise<readonly Probe[]> {
  const { dynamo, s3, kinesis, sqs, eventBridge, ssm } = clients;
  const looks: readonly (readonly [on: string, action: string, look: () => Promise<unknown>])[] = [
    ...Object.entries(config.tables).map(
      ([name, table]) =>
        [`table ${name}`, 'dynamodb:Query', () => dynamo.send(new QueryCommand(emptyQuery(table, name)))] as const,
    ),
    ...Object.entries({ ...config.buckets, ...(trail && { trail: trail.bucket }) }).map(
      ([name, bucket]) =>
        [
          `bucket ${name}`,
          's3:ListBucket',
          () => s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 })),
        ] as const,
    ),
    [
      'stream activity',
      'kinesis:ListShards',
      () => kinesis.send(new ListShardsCommand({ StreamName: config.activityStream })),
    ],
    [
      'queue increments',
      'sqs:GetQueueAttributes',
      () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl: config.incrementQueueUrl, AttributeNames: ['QueueArn'] })),
    ],
    [
      'bus alerts',
      'events:DescribeEventBus',
      () => eventBridge.send(new DescribeEventBusCommand({ Name: config.bus })),
    ],
    [
      'parameter settings',
      'ssm:GetParameter',
      () => ssm.send(new GetParameterCommand({ Name: config.settingsParameter })),
    ],
  ];
  return Promise.all(looks.map(async ([on, action, look]) => ({ on, action, ...(await outcomeOf(look)) })));
}

/** Names of errors, by service: some call the same thing otherwise. */
const DENIED = /^(AccessDenied|AccessDeniedException|AuthorizationError|KMSAccessDeniedException)$/;
const MISSING = /^(ResourceNotFoundException|NoSuchBucket|NotFound|ParameterNotFound|QueueDoesNotExist)$/;

/** What a call says about the thing that it looks at. */
export async function outcomeOf(look: () => Promise<unknown>): Promise<Pick<Probe, 'outcome' | 'message'>> {
  try {
    await look();
    return { outcome: 'ok' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    const outcome = DENIED.test(name) ? 'denied' : MISSING.test(name) ? 'missing' : 'failed';
    return { outcome, message: `${name}: ${message}` };
  }
}

/** Finds nothing and costs half a read. */
function emptyQuery(table: string, name: string) {
  return {
    TableName: table,
    KeyConditionExpression: '#key = :key',
    ExpressionAttributeNames: { '#key': name === 'baselines' ? 'actorId' : 'pk' },
    ExpressionAttributeValues: { ':key': 'nothing' },
    Limit: 1,
  };
}
