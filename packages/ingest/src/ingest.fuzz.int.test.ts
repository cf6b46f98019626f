import { expect, it } from 'vitest';
import { compareEitherWay } from './testing/either-way.ts';
import { fuzz } from './testing/fuzz.ts';

it('reads 100,000 mutated containers without a throw, a hang or a record unaccounted for', { timeout: 600_000 }, () => {
  const count = fuzz(1_000_000, 100_000);

  console.info(count);
  expect(count.read).toBeGreaterThan(100_000);
});

it('makes the same of 100,000 damaged containers, scanned or parsed, as long as they are JSON', {
  timeout: 600_000,
}, () => {
  expect(compareEitherWay(1_000_000, 100_000)).toBeGreaterThan(20_000);
});
