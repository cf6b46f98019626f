import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinRuns, type Run, unitRuns, type ValuedRange } from './unit-runs.ts';

const UNITS = 24;
const UNIT_SIZE = 8;

/** Sources list ranges by first address, wider before narrower. */
const ranges = fc
  .array(fc.tuple(fc.nat(UNITS * UNIT_SIZE - 1), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 4 })))
  .map((rows) =>
    rows
      .map(([first, length, value]) => ({ first, last: Math.min(first + length, UNITS * UNIT_SIZE) - 1, value }))
      .sort((a, b) => a.first - b.first || b.last - a.last)
      .map(({ first, last, value }): ValuedRange => ({ first: BigInt(first), last: BigInt(last), value })),
  );

function valueAt(runs: readonly Run[], unit: number): number {
  return runs.findLast(({ start }) => start <= unit)?.value ?? 0;
}

/** Address by address: the last range that holds it. */
function byHand(listed: readonly ValuedRange[], unit: number): number {
  const values = Array.from({ length: UNIT_SIZE }, (_, at) => {
    const address = BigInt(unit * UNIT_SIZE + at);
    return listed.findLast(({ first, last }) => first <= address && address <= last)?.value ?? 0;
  }).filter((value) => value !== 0);
  const count = (value: number) => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), values[0] ?? 0);
}

describe('unitRuns', () => {
  it('gives each unit the value that counting its addresses gives', () => {
    fc.assert(
      fc.property(ranges, (listed) => {
        const runs = unitRuns(listed, 3n);
        for (let unit = 0; unit < UNITS; unit++) expect(valueAt(runs, unit)).toBe(byHand(listed, unit));
      }),
      { numRuns: 2000 },
    );
  });

  it('begins at 0, rises, and never repeats a value', () => {
    fc.assert(
      fc.property(ranges, (listed) => {
        const runs = unitRuns(listed, 3n);
        expect(runs[0]?.start).toBe(0);
        runs.slice(1).forEach(({ start, value }, at) => {
          expect(start).toBeGreaterThan(runs[at]?.start ?? -1);
          expect(value).not.toBe(runs[at]?.value);
        });
      }),
    );
  });
});

it('joinRuns joins the values that both lists have at a unit', () => {
  fc.assert(
    fc.property(ranges, ranges, (listedA, listedB) => {
      const [a, b] = [unitRuns(listedA, 3n), unitRuns(listedB, 3n)];
      const joined = joinRuns(a, b, (left, right) => left * 10 + right);
      for (let unit = 0; unit < UNITS; unit++) {
        expect(valueAt(joined, unit)).toBe(valueAt(a, unit) * 10 + valueAt(b, unit));
      }
    }),
  );
});
