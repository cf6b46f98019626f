import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './run-seeds.ts';
import { addResult, emptyTotals } from './totals.ts';

/** Seeds of each run of the suite: two minutes of two cores. `test/faults/main.ts` runs more; `results/` keeps the longest. */
const SEEDS = 2000;

describe('the live lane on the platform’s bad days', () => {
  it(`loses nothing, counts nothing twice and tells what a replay tells, over ${SEEDS} seeds`, async () => {
    const totals = emptyTotals(1);
    const violations: string[] = [];
    await runSeeds({
      ...{ from: 1, to: SEEDS, workers: availableParallelism() },
      onResults(results) {
        for (const result of results) {
          addResult(totals, result);
          for (const what of result.violations)
            violations.push(`node test/faults/main.ts --seed ${result.seed}: ${what}`);
        }
      },
    });

    expect(violations).toEqual([]);
    expect(totals.seeds).toBe(SEEDS);
    expect(totals.fewestEvents).toBeGreaterThanOrEqual(200);
    expect(totals.fewestFaults).toBeGreaterThanOrEqual(5);
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
