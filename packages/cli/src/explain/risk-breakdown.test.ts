import type { Evidence } from '@portcullis/contract';
import { describe, expect, it } from 'vitest';
import { breakDownRisk } from './risk-breakdown.ts';

const WEIGHING = { allowanceBits: 3.5, familyDiscount: 0.35 };

function evidence(change: Partial<Evidence>): Evidence {
  return {
    detector: 'new-action',
    family: 'what',
    bits: 13.5,
    impact: 1,
    contribution: 10,
    observed: 'a',
    usual: 'b',
    reason: 'c',
    ...change,
  };
}

it('gives the strongest of a family in full, each further one the discount once more, families apart', () => {
  const items = [
    evidence({ family: 'where', contribution: 9, bits: 12.5 }),
    evidence({ contribution: 1.2 }),
    evidence({ contribution: 10 }),
    evidence({ contribution: 3.5 }),
  ];

  const { steps } = breakDownRisk({ evidence: items, risk: 23.7 }, WEIGHING);

  expect(steps.map(({ evidence: { contribution }, share }) => [contribution, share])).toEqual([
    [10, 1],
    [9, 1],
    [3.5, 0.35],
    [1.2, 0.35 ** 2],
  ]);
  expect(steps[0]?.surprise).toBeCloseTo(10);
});

it('lets evidence that adds nothing take no rank', () => {
  const items = [evidence({ bits: 0, contribution: 0 }), evidence({ contribution: 10 })];
  const { steps } = breakDownRisk({ evidence: items, risk: 10 }, WEIGHING);

  expect(steps.map(({ evidence: { contribution }, share }) => [contribution, share])).toEqual([
    [10, 1],
    [0, 0.35],
  ]);
});

describe('age', () => {
  it.each([
    { contribution: 10, age: 1, why: 'nothing has faded' },
    { contribution: 9.95, age: 1, why: 'within what rounding hides' },
    { contribution: 8, age: 0.8, why: 'a fifth has faded' },
    { contribution: 10.05, age: 1, why: 'rounded up' },
    { contribution: 11, age: undefined, why: 'more than these settings allow' },
  ])('of $contribution out of 10 is $age ($why)', ({ contribution, age }) => {
    const risk = contribution;
    const { steps, otherSettings } = breakDownRisk({ evidence: [evidence({ contribution })], risk }, WEIGHING);

    if (age === undefined) expect(steps[0]?.age).toBeUndefined();
    else expect(steps[0]?.age).toBeCloseTo(age, 5);
    expect(otherSettings).toBe(age === undefined);
  });
});

it.each([
  { risk: 0.3, addsUp: true, why: 'tenths are added as tenths, not as binary fractions' },
  { risk: 0.4, addsUp: false, why: 'somebody changed it' },
])('0.1 + 0.2 against $risk: $addsUp ($why)', ({ risk, addsUp }) => {
  const items = [
    evidence({ bits: 3.6, contribution: 0.1 }),
    evidence({ family: 'where', bits: 3.7, contribution: 0.2 }),
  ];

  expect(breakDownRisk({ evidence: items, risk }, WEIGHING)).toMatchObject({ sum: 0.3, addsUp });
});
