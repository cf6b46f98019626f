import { expect, it } from 'vitest';
import { UsageError } from '../errors.ts';
import { parseTime } from './time-option.ts';

it.each([
  { text: '2026-11-23', iso: '2026-11-23T00:00:00.000Z', why: 'a date is its first instant, in UTC' },
  { text: '2026-11-23T10:15', iso: '2026-11-23T10:15:00.000Z', why: 'no zone means UTC, not the local one' },
  { text: '2026-11-23 10:15:30', iso: '2026-11-23T10:15:30.000Z', why: 'as many tools print it' },
  { text: '2026-11-23T10:15:30Z', iso: '2026-11-23T10:15:30.000Z', why: 'as CloudTrail writes it' },
  { text: '2026-11-23T10:15:30.250Z', iso: '2026-11-23T10:15:30.250Z', why: 'milliseconds' },
  { text: '2026-11-23T10:15+02:00', iso: '2026-11-23T08:15:00.000Z', why: 'an offset is honored' },
  { text: '2024-02-29', iso: '2024-02-29T00:00:00.000Z', why: 'a leap day' },
])('reads $text ($why)', ({ text, iso }) => {
  expect(new Date(parseTime(text, '--from')).toISOString()).toBe(iso);
});

it.each([
  { text: '2026-02-30', why: 'not on the calendar' },
  { text: '2026-02-29T10:00:00Z', why: 'not a leap year' },
  { text: '2026-13-01', why: 'no such month' },
  { text: '2026-11-23T25:00', why: 'no such hour' },
  { text: '23.11.2026', why: 'not ISO' },
  { text: '1795420000000', why: 'a number' },
  { text: 'yesterday', why: 'a word' },
  { text: '', why: 'nothing' },
])('refuses "$text" ($why)', ({ text }) => {
  expect(() => parseTime(text, '--from')).toThrow(UsageError);
  expect(() => parseTime(text, '--from')).toThrow(/--from.*2026-11-23T10:15:00Z/);
});
