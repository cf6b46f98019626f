import { expect, it } from 'vitest';
import { fuzz } from './testing/fuzz.ts';

it('reads 100,000 mutated containers without a throw, a hang or a record unaccounted for', { timeout: 600_000 }, () => {
  const count = fuzz(1_000_000, 100_000);

  console.info(count);
  expect(count.read).toBeGreaterThan(100_000);
});
