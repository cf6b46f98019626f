import { describe, expect, it } from 'vitest';
import { type DeliveryPolicy, deliverBatch } from './deliver-batch.ts';

const POLICY: DeliveryPolicy = {
  maximumRetryAttempts: 2,
  maximumRecordAgeMs: 1000,
  bisectBatchOnFunctionError: true,
  retryAfterMs: 10,
};

describe('a batch is delivered as Lambda does it', () => {
  it.each<{
    why: string;
    answers: (batch: readonly string[], call: number) => unknown;
    policy?: Partial<DeliveryPolicy>;
    calls: string[];
    discarded?: string[];
  }>([
    { why: 'all succeed', answers: () => failing(), calls: ['abcd'] },
    { why: 'no answer at all is success', answers: () => null, calls: ['abcd'] },
    {
      why: 'goes on from the lowest that failed; later successes come again',
      answers: (_, call) => (call === 0 ? failing('d', 'b') : failing()),
      calls: ['abcd', 'bcd'],
    },
    {
      why: 'an error halves the batch until the culprit is alone',
      answers: (batch) => (batch.includes('c') ? thrown() : failing()),
      calls: ['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd'],
      discarded: ['c'],
    },
    {
      why: 'without halving all of it is tried again, then discarded',
      answers: () => thrown(),
      policy: { bisectBatchOnFunctionError: false },
      calls: ['abcd', 'abcd', 'abcd'],
      discarded: ['abcd'],
    },
    {
      why: 'an unknown id fails the whole batch',
      answers: (_, call) => (call === 0 ? failing('x') : failing()),
      policy: { bisectBatchOnFunctionError: false },
      calls: ['abcd', 'abcd'],
    },
    {
      why: 'a malformed answer fails the whole batch',
      answers: (_, call) => (call === 0 ? { batchItemFailures: [{}] } : failing()),
      policy: { bisectBatchOnFunctionError: false },
      calls: ['abcd', 'abcd'],
    },
    {
      why: 'one that fails for ever is let go with what is behind it, tries being counted from where it stands',
      answers: (batch) => (batch.includes('c') ? failing('c') : failing()),
      calls: ['abcd', 'cd', 'cd'],
      discarded: ['cd'],
    },
  ])('$why', async ({ answers, policy = {}, calls, discarded = [] }) => {
    const run = await delivered(answers, policy);

    expect(run).toEqual({ calls, discarded });
  });

  it('gives up what has grown too old', async () => {
    const run = await delivered(
      () => failing('b'),
      { maximumRetryAttempts: 100 },
      (time) => time + 400,
    );

    expect(run.calls.length).toBeLessThan(6);
    expect(run.discarded).toEqual(['bcd']);
  });
});

async function delivered(
  answers: (batch: readonly string[], call: number) => unknown,
  policy: Partial<DeliveryPolicy>,
  wait: (time: number) => number = (time) => time,
) {
  const calls: string[] = [];
  const discarded: string[] = [];
  let time = 0;
  await deliverBatch(['a', 'b', 'c', 'd'], {
    policy: { ...POLICY, ...policy },
    idOf: (record) => record,
    arrivedAt: () => 0,
    now: () => time,
    async wait() {
      time = wait(time);
    },
    async invoke(batch) {
      calls.push(batch.join(''));
      return answers(batch, calls.length - 1);
    },
    async discard(batch) {
      discarded.push(batch.join(''));
    },
  });
  return { calls, discarded };
}

function failing(...ids: readonly string[]): unknown {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}

function thrown(): never {
  throw new Error('handler failed');
}
