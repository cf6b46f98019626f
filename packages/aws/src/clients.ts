import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsConfig } from './config.ts';

export interface Clients {
  readonly kinesis: KinesisClient;
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly eventBridge: EventBridgeClient;
  readonly ssm: SSMClient;
  readonly kms: KMSClient;
}

/** Tries of one request, the first included; between them the SDK waits for up to 20 s, with jitter. */
const MAX_ATTEMPTS = 5;
const CONNECT_MS = 2_000;
/** A request that has got no answer by then is given up and tried again. */
const REQUEST_MS = 10_000;
/** Seals write thousands of items; more sockets than this only queue elsewhere. */
const MAX_SOCKETS = 64;

/** What every client is made with. */
export type ClientSettings = ReturnType<typeof clientSettings>;

/** Settings of clients that share one pool of connections, which stay open between invocations. */
export function clientSettings({ region, endpoint }: Pick<AwsConfig, 'region' | 'endpoint'>) {
  return {
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
    }),
  };
}

/** One client for each service. */
export function createClients(config: Pick<AwsConfig, 'region' | 'endpoint'>): Clients {
  const { endpoint } = config;
  const shared = clientSettings(config);
  return {
    kinesis: new KinesisClient(shared),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(shared), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    // Elsewhere than on AWS, bucket names are no host names
    s3: new S3Client({ ...shared, forcePathStyle: endpoint !== undefined }),
    sqs: new SQSClient(shared),
    eventBridge: new EventBridgeClient(shared),
    ssm: new SSMClient(shared),
    kms: new KMSClient(shared),
  };
}
