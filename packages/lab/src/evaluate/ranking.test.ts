import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, atLeastFound, atMostFalse, pooled } from './ranking.ts';

const ranking = { method: 'x', benign: [5, 9, 3, 5], attacks: { a: 10, b: 5, c: 4, d: 0 } };

it.each([
  { threshold: 10, falseAlerts: 0, found: 1, why: 'a threshold is reached by what equals it' },
  { threshold: 5, falseAlerts: 3, found: 2, why: 'ties are told together' },
  { threshold: 0, falseAlerts: 4, found: 3, why: 'what has no score is never told' },
])('at $threshold: $falseAlerts false, $found found ($why)', ({ threshold, falseAlerts, found }) => {
  expect(at(ranking, threshold)).toEqual({ threshold, falseAlerts, found });
});

it.each([
  { wanted: 0, falseAlerts: 0, found: 0 },
  { wanted: 1, falseAlerts: 0, found: 1 },
  { wanted: 2, falseAlerts: 3, found: 2 },
  { wanted: 3, falseAlerts: 3, found: 3 },
])('to find $wanted it takes $falseAlerts false alerts', ({ wanted, falseAlerts, found }) => {
  expect(atLeastFound(ranking, wanted)).toMatchObject({ falseAlerts, found });
});

it('cannot find more than it ranks', () => {
  expect(atLeastFound(ranking, 4)).toBeUndefined();
});

it.each([
  { allowed: 0, falseAlerts: 0, found: 1 },
  { allowed: 1, falseAlerts: 1, found: 1 },
  { allowed: 2, falseAlerts: 1, found: 1 },
  { allowed: 3, falseAlerts: 3, found: 3 },
  { allowed: 9, falseAlerts: 4, found: 3 },
])('$allowed false alerts allow to find $found', ({ allowed, falseAlerts, found }) => {
  expect(atMostFalse(ranking, allowed)).toMatchObject({ falseAlerts, found });
});

it('never has more false alerts than allowed, nor finds fewer when more are allowed', () => {
  const scores = fc.array(fc.nat(20), { maxLength: 30 });
  fc.assert(
    fc.property(scores, scores, fc.nat(30), (benign, attacks, allowed) => {
      const random = { method: 'x', benign, attacks: Object.fromEntries(attacks.entries()) };
      const point = atMostFalse(random, allowed);

      expect(point.falseAlerts).toBeLessThanOrEqual(allowed);
      expect(atMostFalse(random, allowed + 1).found).toBeGreaterThanOrEqual(point.found);
    }),
  );
});

it('pools organizations', () => {
  expect(pooled([ranking, { method: 'x', benign: [1], attacks: { e: 2 } }])).toEqual({
    method: 'x',
    benign: [5, 9, 3, 5, 1],
    attacks: { a: 10, b: 5, c: 4, d: 0, e: 2 },
  });
});
