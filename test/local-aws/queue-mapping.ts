import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failedItems } from './deliver-batch.ts';
import type { Mapping } from './stream-mapping.ts';

const BATCH_SIZE = 10;

/**
 * An SQS event source mapping: batches of ten, and partial failures. What failed is visible again at once; when to give up is the queue's own
 * redrive policy.
 */
export function queueMapping(sqs: SQSClient, queueUrl: string, invoke: (event: unknown) => Promise<unknown>): Mapping {
  return {
    async pump() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: BATCH_SIZE,
          MessageSystemAttributeNames: ['All'],
          WaitTimeSeconds: 0,
        }),
      );
      if (Messages.length === 0) return 0;
      const failed = await failedOf(Messages, invoke);
      const done = Messages.filter(({ MessageId }) => !failed.has(MessageId));
      for (const { MessageId, ReceiptHandle } of Messages) {
        if (!failed.has(MessageId)) continue;
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
      }
      if (done.length > 0) {
        await sqs.send(
          new DeleteMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          }),
        );
      }
      return Messages.length;
    },
  };
}

async function failedOf(
  messages: readonly Message[],
  invoke: (event: unknown) => Promise<unknown>,
): Promise<ReadonlySet<string | undefined>> {
  const all = new Set(messages.map(({ MessageId }) => MessageId));
  try {
    const failed = failedItems(await invoke({ Records: messages.map(eventRecord) }));
    return failed === undefined || failed.some((id) => !all.has(id)) ? all : new Set(failed);
  } catch {
    return all;
  }
}

/** A message in the form in which Lambda hands it over. */
function eventRecord({ MessageId, ReceiptHandle, Body, Attributes }: Message): object {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes ?? {},
    messageAttributes: {},
    eventSource: 'aws:sqs',
    awsRegion: 'eu-west-1',
  };
}
