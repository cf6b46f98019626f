import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { untilAborted } from './until-aborted.ts';

async function* numbersThenSilence() {
  yield 1;
  yield 2;
  await setTimeout(60_000, undefined, { ref: false });
  yield 3;
}

async function collect(items: AsyncIterable<number>): Promise<number[]> {
  const collected: number[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

it('hands all items on', async () => {
  const items = untilAborted(
    (async function* () {
      yield* [1, 2, 3];
    })(),
    new AbortController().signal,
  );
  expect(await collect(items)).toEqual([1, 2, 3]);
});

it('ends while it waits for an item', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  for await (const item of untilAborted(numbersThenSilence(), controller.signal)) {
    seen.push(item);
    if (item === 2) queueMicrotask(() => controller.abort());
  }
  expect(seen).toEqual([1, 2]);
});

it('passes errors on, before an abort', async () => {
  const failing = (async function* (): AsyncGenerator<number> {
    yield 1;
    throw new Error('disk gone');
  })();
  await expect(collect(untilAborted(failing, new AbortController().signal))).rejects.toThrow('disk gone');
});
