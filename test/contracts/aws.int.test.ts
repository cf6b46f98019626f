import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { awsPorts, type Clients, incrementOf, readStream } from '@portcullis/aws';
import type { LivePorts, RejectedRecord } from '@portcullis/pipeline/live';
import { afterAll, beforeAll, describe } from 'vitest';
import { createDeployment, type LocalDeployment } from '../local-aws/create-deployment.ts';
import { type Moto, motoAvailable, startMoto } from '../local-aws/moto.ts';
import { receiveAll, subscribe } from '../local-aws/subscriber.ts';
import { alertStoreContract, decisionStoreContract, forgetStoreContract } from './alert-stores.ts';
import { baselineStoreContract } from './baseline-store.ts';
import {
  activityStreamContract,
  alertSinkContract,
  evidenceStoreContract,
  incrementQueueContract,
  rejectStoreContract,
} from './outputs.ts';
import { leaseStoreContract, progressStoreContract, routingStoreContract } from './progress-stores.ts';
import { segmentStoreContract } from './segment-store.ts';
import { snapshotStoreContract } from './snapshot-store.ts';

describe.runIf(motoAvailable())('on moto', () => {
  let moto: Moto;
  let made = 0;

  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  const deployment = async (): Promise<LocalDeployment & { readonly ports: LivePorts }> => {
    const created = await createDeployment(moto.endpoint, `contract-${made++}`);
    return { ...created, ports: awsPorts(created.config, { clients: created.clients }) };
  };
  const of =
    <Name extends keyof LivePorts>(name: Name) =>
    async (): Promise<LivePorts[Name]> =>
      (await deployment()).ports[name];

  segmentStoreContract('DynamoDB', of('segments'));
  baselineStoreContract('DynamoDB', of('baselines'));
  snapshotStoreContract('S3 and DynamoDB', of('snapshots'));
  alertStoreContract('DynamoDB', of('alerts'));
  decisionStoreContract('DynamoDB', async () => ({ store: await of('decisions')(), now: Date.now }));
  forgetStoreContract('DynamoDB', of('forgets'));
  progressStoreContract('DynamoDB', of('progress'));
  routingStoreContract('DynamoDB', of('routing'));
  leaseStoreContract('DynamoDB', of('leases'));
  evidenceStoreContract('S3', of('evidence'));

  activityStreamContract('Kinesis', async () => {
    const { ports, clients, config } = await deployment();
    return {
      stream: ports.stream,
      read: async () => {
        const shards = await readStream(clients.kinesis, config.activityStream);
        return new Map([...shards].map(([id, records]) => [id, records.map(({ key, data }) => ({ key, data }))]));
      },
    };
  });
  alertSinkContract('EventBridge', async () => {
    const created = await deployment();
    const subscriber = await subscribe(created);
    return { sink: created.ports.sink, received: () => subscriber.receive() };
  });
  rejectStoreContract('S3', async () => {
    const { ports, clients, config } = await deployment();
    return { store: ports.rejects, kept: () => rejectsIn(clients, config.buckets.rejects) };
  });
  incrementQueueContract('SQS', async () => {
    const { ports, clients, config } = await deployment();
    return {
      queue: ports.increments,
      received: async () => (await receiveAll(clients.sqs, config.incrementQueueUrl)).map(incrementOf),
    };
  });
});

async function rejectsIn({ s3 }: Clients, bucket: string): Promise<readonly RejectedRecord[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: Key ?? '' }));
      const record: RejectedRecord = JSON.parse(
        gunzipSync((await Body?.transformToByteArray()) ?? '').toString('utf8'),
      );
      return record;
    }),
  );
}
