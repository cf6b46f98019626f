/// <reference path="../.sst/platform/config.d.ts" />
import { named } from './deployment.ts';
import { policy, type Statement, tlsOnly } from './policy.ts';

interface QueueArgs {
  readonly key: aws.kms.Key;
  readonly fifo?: boolean;
  /** Seconds until a message that was taken and not deleted is seen again; six times what its reader may take. */
  readonly visibilitySeconds?: number;
  readonly statements?: (queueArn: $util.Output<string>) => readonly Statement[];
}

const QUEUE_ACTIONS = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:PurgeQueue',
  'sqs:GetQueueAttributes',
];

/** Longest that SQS keeps a message. */
const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/** After so many tries a message is set aside for a person to look at. */
const TRIES = 5;

/** A queue with another behind it for what could not be processed. */
export function queueWithDeadLetters(name: string, physical: string, args: QueueArgs) {
  // Who may send to the one may leave behind in the other what it could not send
  const { key, fifo, statements } = args;
  const dead = encryptedQueue(`${name}Dead`, `${physical}-dead`, { key, fifo, statements });
  const queue = encryptedQueue(name, physical, args, dead);
  new aws.sqs.RedriveAllowPolicy(`${name}DeadFrom`, {
    queueUrl: dead.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
  });
  return { queue, dead };
}

/** A queue that is encrypted by our key and closed to plain HTTP. */
export function encryptedQueue(
  name: string,
  physical: string,
  { key, fifo = false, visibilitySeconds = 30, statements }: QueueArgs,
  dead?: aws.sqs.Queue,
) {
  const queue = new aws.sqs.Queue(name, {
    name: `${named(physical)}${fifo ? '.fifo' : ''}`,
    ...(fifo && { fifoQueue: true, deduplicationScope: 'messageGroup', fifoThroughputLimit: 'perMessageGroupId' }),
    kmsMasterKeyId: key.arn,
    kmsDataKeyReusePeriodSeconds: 300,
    messageRetentionSeconds: FOURTEEN_DAYS,
    visibilityTimeoutSeconds: visibilitySeconds,
    ...(dead && { redrivePolicy: $jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: TRIES }) }),
  });
  new aws.sqs.QueuePolicy(`${name}Policy`, {
    queueUrl: queue.url,
    policy: policy(tlsOnly(QUEUE_ACTIONS, queue.arn), ...(statements?.(queue.arn) ?? [])),
  });
  return queue;
}
