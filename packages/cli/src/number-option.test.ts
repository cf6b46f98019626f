import { expect, it } from 'vitest';
import { parseNumber, parseWords } from './number-option.ts';

it.each([
  { text: '3', bounds: { min: 1 }, value: 3 },
  { text: '0.5', bounds: { min: 0.1, max: 100, fraction: true }, value: 0.5 },
  { text: ' 7 ', bounds: { min: 1, max: 7 }, value: 7 },
])('reads $text', ({ text, bounds, value }) => {
  expect(parseNumber(text, '--seed', bounds)).toBe(value);
});

it.each([
  { text: '', bounds: { min: 0 }, says: 'a whole number of at least 0' },
  { text: 'x', bounds: { min: 0 }, says: 'a whole number of at least 0' },
  { text: '1.5', bounds: { min: 0 }, says: 'a whole number of at least 0' },
  { text: '8', bounds: { min: 1, max: 7 }, says: 'a whole number from 1 to 7' },
  { text: 'Infinity', bounds: { min: 0.1, fraction: true }, says: 'a number of at least 0.1' },
])('refuses "$text": $says', ({ text, bounds, says }) => {
  expect(() => parseNumber(text, '--seed', bounds)).toThrow(`--seed: "${text}" is not ${says}`);
});

it('reads known words and names the others', () => {
  expect(parseWords('loud, quiet', '--loudness', ['loud', 'medium', 'quiet'])).toEqual(['loud', 'quiet']);
  expect(() => parseWords('loud,silent', '--loudness', ['loud', 'quiet'])).toThrow(
    '--loudness: "silent" is none of loud, quiet',
  );
});
