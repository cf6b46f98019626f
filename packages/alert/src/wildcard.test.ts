import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anActor } from '../../../test/builders.ts';
import { matchesAction, matchesActor, matchesWildcard } from './wildcard.ts';

it.each([
  { pattern: 'orders', text: 'orders', fits: true },
  { pattern: 'orders', text: 'orders-api', fits: false },
  { pattern: 'orders*', text: 'orders', fits: true },
  { pattern: '*api', text: 'orders-api', fits: true },
  { pattern: '*a*i', text: 'aai', fits: true },
  { pattern: 'o?ders', text: 'orders', fits: true },
  { pattern: 'orders?', text: 'orders', fits: false },
  { pattern: '*', text: '', fits: true },
  { pattern: '', text: 'a', fits: false },
  { pattern: 'a.c', text: 'abc', fits: false },
  { pattern: 'a*b*c', text: 'a-b-b-d', fits: false },
])('$pattern fits $text: $fits', ({ pattern, text, fits }) => {
  expect(matchesWildcard(pattern, text)).toBe(fits);
});

it('says what a regular expression of the same form says', () => {
  const piece = fc.constantFrom('*', '?', 'a', 'b', '.');
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.constantFrom('a', 'b', '.')), (pieces, characters) => {
      const forms: Record<string, string> = { '*': '.*', '?': '.', '.': '\\.' };
      const expression = new RegExp(`^${pieces.map((one) => forms[one] ?? one).join('')}$`);
      expect(matchesWildcard(pieces.join(''), characters.join(''))).toBe(expression.test(characters.join('')));
    }),
  );
});

it('is not slowed down by a hostile pattern', () => {
  expect(matchesWildcard(`${'*a'.repeat(1000)}b`, 'a'.repeat(10_000))).toBe(false);
});

it.each([
  { pattern: 'orders-api', why: 'its name' },
  { pattern: 'arn:aws:iam::*:role/orders-*', why: 'its ARN' },
  { pattern: '123456789012/role/AROA-orders-api', why: 'its id' },
])('means an actor by $why', ({ pattern }) => {
  expect(matchesActor(pattern, anActor())).toBe(true);
  expect(matchesActor(pattern, anActor({ name: 'billing' }))).toBe(false);
});

it('takes actions in any case, as IAM does', () => {
  expect(matchesAction('IAM:get*', 'iam:GetUser')).toBe(true);
});
