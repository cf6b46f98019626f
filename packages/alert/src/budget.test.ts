import { describe, expect, it } from 'vitest';
import { alertThreshold, expectedPerWeek, scoreOf } from './budget.ts';
import { normalRate, SHIPPED_TAIL } from './normal-tail.ts';

const { riskAtOnePerWeek } = SHIPPED_TAIL;

describe('alertThreshold', () => {
  it('normal operation reaches the threshold as often as the budget says', () => {
    for (const budget of [0.5, 1, 2, 3, 10]) {
      expect(normalRate(alertThreshold(budget, 1000), SHIPPED_TAIL)).toBeCloseTo(budget, 10);
    }
  });

  it('a rate per actor does not depend on their number', () => {
    expect(alertThreshold(1, 5000)).toBe(alertThreshold(1, 100));
  });

  it('a small deployment is told something every four weeks, but never more than was measured', () => {
    expect(alertThreshold(1, 12)).toBeLessThan(riskAtOnePerWeek);
    expect(normalRate(alertThreshold(1, 1), SHIPPED_TAIL)).toBeCloseTo(3, 10);
  });
});

describe('scoreOf', () => {
  it.each([
    { risk: riskAtOnePerWeek, score: 50, why: 'once a week' },
    { risk: riskAtOnePerWeek + Math.log(10) / SHIPPED_TAIL.steepness, score: 63, why: 'once in ten weeks' },
    { risk: 1000, score: 100, why: 'never' },
  ])('$score for $why', ({ risk, score }) => {
    expect(scoreOf(risk)).toBe(score);
  });
});

describe('expectedPerWeek', () => {
  it('says no more than the data can tell', () => {
    expect(expectedPerWeek(1000, 100)).toMatchObject({ low: 0, high: 3 / SHIPPED_TAIL.hundredActorWeeks });
    expect(expectedPerWeek(1000, 100).value).toBeLessThan(1e-6);
  });

  it('scales with the actors and brackets itself', () => {
    const { low, value, high } = expectedPerWeek(riskAtOnePerWeek, 200);

    expect(value).toBe(2);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});
