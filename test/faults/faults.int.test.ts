import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import { faultsOf, runSeed } from './run-seed.ts';

/** Seeds of each run of the suite; `test/faults/main.ts` runs more. */
const SEEDS = 200;

describe('the live lane on the platform’s bad days', () => {
  it(`loses nothing, counts nothing twice and tells what a replay tells, over ${SEEDS} seeds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const result = await runSeed(seed);
      expect(result.violations, `node test/faults/main.ts --seed ${seed}`).toEqual([]);
      expect(result.events).toBeGreaterThanOrEqual(200);
      expect(faultsOf(result)).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('a planted bug is found', () => {
  it.each(MUTATIONS)('$name, within $caughtWithin seeds ($why)', async (mutation) => {
    for (let seed = 1; seed <= mutation.caughtWithin; seed++) {
      if ((await runSeed(seed, mutation)).violations.length > 0) return;
    }
    expect.fail('not found');
  });
});
