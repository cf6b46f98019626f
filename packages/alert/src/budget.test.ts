import { describe, expect, it } from 'vitest';
import { alertThreshold, expectedPerWeek, normalRate, scoreOf } from './budget.ts';

describe('alertThreshold', () => {
  it.each([
    { budget: 1, actors: 100, threshold: 11, why: 'the anchor' },
    { budget: 3, actors: 100, threshold: 8, why: 'the other anchor' },
    { budget: 1, actors: 5000, threshold: 11, why: 'a rate per actor does not depend on their number' },
  ])('$budget at $actors actors is $threshold ($why)', ({ budget, actors, threshold }) => {
    expect(alertThreshold(budget, actors)).toBeCloseTo(threshold, 10);
  });

  it('normal operation reaches the threshold as often as the budget says', () => {
    for (const budget of [0.5, 1, 2, 3]) expect(normalRate(alertThreshold(budget, 1000))).toBeCloseTo(budget, 10);
  });

  it('a small deployment is told something every four weeks, but never more than was measured', () => {
    expect(alertThreshold(1, 12)).toBeLessThan(11);
    expect(alertThreshold(1, 1)).toBeCloseTo(8, 10);
  });
});

describe('scoreOf', () => {
  it.each([
    { risk: 0, score: 28 },
    { risk: 11, score: 50 },
    { risk: 60, score: 100 },
  ])('risk $risk scores $score', ({ risk, score }) => {
    expect(scoreOf(risk)).toBe(score);
  });
});

describe('expectedPerWeek', () => {
  it('says no more than the data can tell', () => {
    expect(expectedPerWeek(60, 100)).toMatchObject({ low: 0, high: 0.23 });
    expect(expectedPerWeek(60, 100).value).toBeLessThan(1e-6);
  });

  it('scales with the actors and brackets itself', () => {
    const { low, value, high } = expectedPerWeek(11, 200);

    expect(value).toBe(2);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});
