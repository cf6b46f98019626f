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
    {
      detector: 'new-network',
      family: 'where',
      impact: 1,
      person: 0.7,
      program: 1,
      why: 'people travel, programs start anew',
    },
    {
      detector: 'unusual-hour',
      family: 'when',
      impact: 1,
      person: 0.5,
      program: 1.5,
      why: 'programs keep their hours',
    },
    {
      detector: 'new-agent',
      family: 'who-how',
      impact: 1,
      person: 0.7,
      program: 1.5,
      why: 'programs do not change tools',
    },
    { detector: 'new-session', family: 'who-how', impact: 1, person: 0.7, program: 1.5, why: 'people vary' },
    {
      detector: 'dormant-awake',
      family: 'change',
      impact: 1,
      person: 0.7,
      program: 1.5,
      why: 'programs keep their rhythm',
    },
    {
      detector: 'change-rate',
      family: 'how-much',
      impact: 1,
      person: 0.5,
      program: 1,
      why: 'people have days of changes',
    },
    { detector: 'data-rate', family: 'how-much', impact: 1, person: 0.7, program: 1, why: 'people have busy days' },
    { detector: 'new-target', family: 'which', impact: 0.5, person: 0.25, program: 0.5, why: 'people make things' },
    { detector: 'new-action', family: 'what', impact: 1, person: 1, program: 3, why: 'programs read alike' },
    { detector: 'new-action', family: 'what', impact: 0.9, person: 0.9, program: 0.9, why: 'new versions make things' },
    { detector: 'new-action', family: 'what', impact: 1.3, person: 1.3, program: 1.3, why: 'new versions clean up' },
    { detector: 'new-data', family: 'which', impact: 0.7, person: 0.7, program: 1.4, why: 'programs repeat' },
    { detector: 'new-data', family: 'which', impact: 0.4, person: 0.4, program: 0.4, why: 'names are looked at' },
    { detector: 'role-chain', family: 'what', impact: 1.3, person: 1.3, program: 2.6, why: 'programs repeat' },
    { detector: 'new-action', family: 'what', impact: 0.6, person: 0.6, program: 0.6, why: 'libraries look around' },
    { detector: 'new-action', family: 'what', impact: 1.5, person: 1.5, program: 3, why: 'programs repeat' },
    { detector: 'new-action', family: 'what', impact: 1.8, person: 1.8, program: 3, why: 'no more than blinding' },
    { detector: 'new-service', family: 'what', impact: 1, person: 1, program: 1, why: 'it repeats the action' },
    { detector: 'permission-change', family: 'what', impact: 2, person: 2, program: 2, why: 'a harm by itself' },
  ] as const)('$detector of impact $impact: $why', ({ person, program, ...candidate }) => {
    expect(steadyImpact(candidate, true)).toBeCloseTo(person);
    expect(steadyImpact(candidate, false)).toBeCloseTo(program);
  });
});
