import { HOUR_MS } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpisodeEvidence } from './episode.ts';
import { riskOf, weighEvidence } from './risk.ts';

const SETTINGS = { allowanceBits: 3.5, familyDiscount: 0.35, decayHalfLifeHours: 36 };

function evidence(overrides: Partial<EpisodeEvidence>): EpisodeEvidence {
  return {
    detector: 'new-action',
    family: 'what',
    value: 'iam:ListUsers',
    bits: 13.5,
    impact: 1,
    observed: 'iam:ListUsers',
    usual: '',
    reason: '',
    techniques: [],
    first: 0,
    last: 0,
    count: 1,
    witnesses: [],
    always: false,
    peak: 1,
    ...overrides,
  };
}

const some = fc.array(
  fc.record({
    bits: fc.double({ min: 0, max: 20, noNaN: true }),
    impact: fc.constantFrom(0.6, 1, 1.8, 3),
    family: fc.constantFrom('what', 'where', 'how-much'),
    value: fc.uuid(),
    last: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 12 },
);

describe('weighEvidence', () => {
  it.each([
    { items: [evidence({})], at: 0, risk: 10, why: '(13.5 − 3.5) × 1' },
    { items: [evidence({ bits: 3 })], at: 0, risk: 0, why: 'inside the allowance' },
    { items: [evidence({ impact: 1.8 })], at: 0, risk: 18, why: 'impact multiplies' },
    { items: [evidence({}), evidence({ value: 'b' })], at: 0, risk: 13.5, why: 'one family: 10 + .35 × 10' },
    { items: [evidence({}), evidence({ family: 'where' })], at: 0, risk: 20, why: 'two families add' },
    { items: [evidence({})], at: 36 * HOUR_MS, risk: 5, why: 'half is left after one half-life' },
  ])('$why is $risk', ({ items, at, risk }) => {
    expect(riskOf(weighEvidence(items, at, SETTINGS))).toBe(risk);
  });

  it('adds up to the risk exactly, whatever the order, and evidence never lowers it', () => {
    fc.assert(
      fc.property(some, (specs) => {
        const items = specs.map((spec) => evidence(spec as Partial<EpisodeEvidence>));
        const weighed = weighEvidence(items, 0, SETTINGS);

        const sum = weighed.reduce((total, { contribution }) => total + Math.round(contribution * 10), 0);
        expect(Math.round(riskOf(weighed) * 10)).toBe(sum);
        expect(weighEvidence(items.toReversed(), 0, SETTINGS)).toEqual(weighed);
        expect(riskOf(weighEvidence(items.slice(1), 0, SETTINGS))).toBeLessThanOrEqual(
          riskOf(weighed) + 0.05 * items.length,
        );
      }),
    );
  });
});
