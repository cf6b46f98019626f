import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Increment, IncrementQueue } from '@portcullis/pipeline/live';
import { StillRefusedError, TooLargeError } from './errors.ts';
import { waitBeforeTry } from './wait.ts';

/** Limits of SendMessageBatch: entries, and bytes of all of them. */
const ENTRIES_PER_REQUEST = 10;
const BYTES_PER_REQUEST = 256 * 1024;
const MAX_TRIES = 8;

interface Entry {
  readonly account: string;
  readonly body: string;
  readonly bytes: number;
}

/**
 * Early words on an SQS FIFO queue: one group an account, and equal words within five minutes count once.
 *
 * What is refused goes again before anything else does, so that an account's words keep their order.
 */
export function sqsIncrementQueue(sqs: SQSClient, queueUrl: string): IncrementQueue {
  return {
    async send(increments) {
      for (const request of requests(increments.map(entryOf))) {
        let left = request;
        for (let attempt = 0; left.length > 0; attempt++) {
          if (attempt === MAX_TRIES)
            throw new StillRefusedError('sending increments', left.length, 'the queue is busy');
          if (attempt > 0) await waitBeforeTry(attempt);
          left = await sendSome(left);
        }
      }
    },
  };

  async function sendSome(entries: readonly Entry[]): Promise<readonly Entry[]> {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.map(({ account, body }, index) => ({
          Id: String(index),
          MessageBody: body,
          MessageGroupId: account,
          MessageDeduplicationId: createHash('sha256').update(body).digest('hex'),
        })),
      }),
    );
    const wrong = Failed.find(({ SenderFault }) => SenderFault);
    if (wrong !== undefined) throw new StillRefusedError('sending increments', Failed.length, wrong.Code ?? 'unknown');
    return Failed.flatMap(({ Id }) => entries[Number(Id)] ?? []);
  }
}

/** @throws {UnreadableItemError} unless it is the body of a message of ours */
export function incrementOf(body: string): Increment {
  const { account, actorId, epoch, data }: Increment = JSON.parse(body);
  return { account, actorId, epoch, data };
}

function entryOf(increment: Increment): Entry {
  const body = JSON.stringify(increment);
  const bytes = Buffer.byteLength(body);
  if (bytes > BYTES_PER_REQUEST) throw new TooLargeError(`increment of ${increment.actorId}`, bytes, BYTES_PER_REQUEST);
  return { account: increment.account, body, bytes };
}

function requests(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const all: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const current = all.at(-1);
    if (current === undefined || current.length === ENTRIES_PER_REQUEST || bytes + entry.bytes > BYTES_PER_REQUEST) {
      all.push([entry]);
      bytes = entry.bytes;
    } else {
      current.push(entry);
      bytes += entry.bytes;
    }
  }
  return all;
}
