import { expect, it } from 'vitest';
import { rarityText } from './rarity-text.ts';

it.each([
  {
    expected: { value: 0.004, low: 0.001, high: 0.02 },
    text: 'about once in 4.8 years (from once in 19 years to once in 50 weeks)',
    why: 'rare: years and weeks',
  },
  {
    expected: { value: 2.5, low: 1, high: 7 },
    text: 'about 2.5 times a week (from 1 times a week to 7',
    why: 'common',
  },
  { expected: { value: 0.001, low: 0, high: 0.02 }, text: 'less than once in 50 weeks', why: 'below resolution' },
  { expected: { value: 0, low: 0, high: 0.5 }, text: 'less than once in 2 weeks', why: 'never seen' },
])('$why', ({ expected, text }) => {
  expect(rarityText(expected)).toContain(text);
});
