import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type PortcullisEvent, parseEvent } from '@portcullis/contract';
import { type LocalDeployment, MOTO_ACCOUNT } from './create-deployment.ts';

/** An application team's queue: gets what the bus carries. */
export interface Subscriber {
  /** What has come since it was asked last. */
  receive(): Promise<readonly PortcullisEvent[]>;
}

/** Subscribes a queue to all of a deployment's events, as docs/contract.md says. */
export async function subscribe({ clients, config }: LocalDeployment, name = 'subscriber'): Promise<Subscriber> {
  const queue = await clients.sqs.send(new CreateQueueCommand({ QueueName: `${config.bus}-${name}` }));
  const queueUrl = queue.QueueUrl ?? '';
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  await clients.eventBridge.send(
    new PutRuleCommand({ Name: name, EventBusName: config.bus, EventPattern: '{"source":["portcullis"]}' }),
  );
  await clients.eventBridge.send(
    new PutTargetsCommand({
      Rule: name,
      EventBusName: config.bus,
      Targets: [{ Id: name, Arn: Attributes?.QueueArn ?? '' }],
    }),
  );
  return {
    async receive() {
      // moto leaves out the account, which EventBridge sets to the publisher's
      return (await receiveAll(clients.sqs, queueUrl)).map((body) =>
        parseEvent({ account: MOTO_ACCOUNT, ...JSON.parse(body) }),
      );
    },
  };
}

/** Takes all messages that are in a queue now, and deletes them. */
export async function receiveAll(sqs: SQSClient, queueUrl: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body }) => Body ?? ''));
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: ReceiptHandle ?? '',
        })),
      }),
    );
  }
}
