import { emptyBaseline, valueHash } from '@portcullis/baseline';
import { describe, expect, it } from 'vitest';
import { anActor } from '../../../test/builders.ts';
import { livesLikeAPerson, steadyImpact } from './steadiness.ts';

const user = anActor({ kind: 'user' });

function baselineWith({ products = [], owners = [] }: { products?: string[]; owners?: string[] }) {
  const own = emptyBaseline(0);
  for (const product of products) own.features.product.values.see(valueHash(product), 0, 1);
  for (const owner of owners) own.features.owner.values.see(valueHash(owner), 0, 1);
  return own;
}

describe('livesLikeAPerson', () => {
  it.each([
    { why: 'a person by its kind', actor: anActor({ kind: 'person' }), own: undefined, person: true },
    { why: 'a user never seen before', actor: user, own: undefined, person: false },
    { why: 'a user that signed in to the console', actor: user, own: { products: ['browser'] }, person: true },
    { why: 'a user with a program', actor: user, own: { products: ['boto'], owners: ['CLOUD'] }, person: false },
    { why: 'a role between two providers', actor: user, own: { owners: ['CLOUD', 'CI'] }, person: false },
    { why: 'a role that goes about', actor: user, own: { owners: ['HOME', 'OFFICE', 'TRAIN'] }, person: true },
  ])('$why: $person', ({ actor, own, person }) => {
    expect(livesLikeAPerson(actor, own && baselineWith(own))).toBe(person);
  });
});

describe('steadyImpact', () => {
  it.each([
    { detector: 'new-network', family: 'where', impact: 1, person: 0.7, program: 1, why: 'people travel' },
    { detector: 'data-rate', family: 'how-much', impact: 1, person: 0.7, program: 1, why: 'people have busy days' },
    { detector: 'new-action', family: 'what', impact: 0.9, person: 0.9, program: 1.8, why: 'programs repeat' },
    { detector: 'new-data', family: 'which', impact: 0.7, person: 0.7, program: 1.4, why: 'programs repeat' },
    { detector: 'role-chain', family: 'what', impact: 1.3, person: 1.3, program: 2.6, why: 'programs repeat' },
    { detector: 'new-action', family: 'what', impact: 0.6, person: 0.6, program: 0.6, why: 'libraries look around' },
    { detector: 'new-action', family: 'what', impact: 1.8, person: 1.8, program: 3, why: 'no more than blinding' },
    { detector: 'permission-change', family: 'what', impact: 2, person: 2, program: 2, why: 'a harm by itself' },
  ] as const)('$detector of impact $impact: $why', ({ person, program, ...candidate }) => {
    expect(steadyImpact(candidate, true)).toBeCloseTo(person);
    expect(steadyImpact(candidate, false)).toBeCloseTo(program);
  });
});
