import { expect, it } from 'vitest';
import { outcomeOf } from './probe-access.ts';

const failing = (name: string) => async () => {
  throw Object.assign(new Error('told by AWS'), { name });
};

it.each([
  { name: 'AccessDeniedException', outcome: 'denied', why: 'DynamoDB, Kinesis, SSM, EventBridge' },
  { name: 'AccessDenied', outcome: 'denied', why: 'S3 and SQS' },
  { name: 'ResourceNotFoundException', outcome: 'missing', why: 'a table' },
  { name: 'NoSuchBucket', outcome: 'missing', why: 'a bucket' },
  { name: 'QueueDoesNotExist', outcome: 'missing', why: 'a queue' },
  { name: 'ThrottlingException', outcome: 'failed', why: 'says nothing of the thing' },
])('$name is $outcome ($why)', async ({ name, outcome }) => {
  expect(await outcomeOf(failing(name))).toEqual({ outcome, message: `${name}: told by AWS` });
});

it('an answer is ok', async () => {
  expect(await outcomeOf(async () => 1)).toEqual({ outcome: 'ok' });
});
