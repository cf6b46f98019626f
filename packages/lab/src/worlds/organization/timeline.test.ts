import { describe, expect, it } from 'vitest';
import { valueAt } from './timeline.ts';

const timeline = [
  { from: 0, value: 'home' },
  { from: 30, value: 'home again' },
  { from: 10, value: 'away' },
];

describe('valueAt', () => {
  it.each([
    { at: 5, value: 'home', why: 'before any change' },
    { at: 10, value: 'away', why: 'from that moment on' },
    { at: 29, value: 'away', why: 'until the next' },
    { at: 40, value: 'home again', why: 'in whatever order they were added' },
    { at: -1, value: 'home', why: 'before the first: the first' },
  ])('$value at $at ($why)', ({ at, value }) => {
    expect(valueAt(timeline, at)).toBe(value);
  });
});
