import { expect, it } from 'vitest';
import { sharedReading } from './shared-reading.ts';

async function taken(reader: AsyncIterable<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of reader) items.push(item);
  return items;
}

it('gives every reader all items, each made once', async () => {
  const made: number[] = [];
  function* items() {
    for (let item = 1; item <= 50; item++) {
      made.push(item);
      yield item;
    }
  }

  const read = await Promise.all(sharedReading(items(), 3).map(taken));

  expect(made).toHaveLength(50);
  expect(read).toEqual([made, made, made]);
});

it('lets readers take turns, so that items do not pile up', async () => {
  let made = 0;
  let ahead = 0;
  const reached = [0, 0, 0];
  function* items() {
    while (made < 1000) yield ++made;
  }

  await Promise.all(
    sharedReading(items(), 3).map(async (reader, index) => {
      for await (const item of reader) {
        reached[index] = item;
        ahead = Math.max(ahead, made - Math.min(...reached));
      }
    }),
  );

  expect(ahead).toBeLessThanOrEqual(4);
});
