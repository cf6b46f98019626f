import type { Canary } from '@portcullis/pipeline/live';
import { expect, it } from 'vitest';
import { callCanaries } from './canaries.ts';

it('calls everywhere, whatever fails', async () => {
  const canaries = Array.from(
    { length: 30 },
    (_, number): Canary => ({ account: String(number), region: 'eu-west-1' }),
  );
  const called: string[] = [];

  const errors = await callCanaries(canaries, async ({ account }) => {
    called.push(account);
    if (account === '3') throw new Error('no such role');
  });

  expect(called).toHaveLength(30);
  expect(errors).toEqual(['canary in 3, eu-west-1: Error: no such role']);
});
