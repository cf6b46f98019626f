import { describe, expect, it } from 'vitest';
import { amount, grouped } from './amount.ts';

describe('amount', () => {
  it.each([
    { count: 0, text: '0 events' },
    { count: 1, text: '1 event' },
    { count: 999, text: '999 events' },
    { count: 1204, text: '1,204 events' },
  ])('says $text', ({ count, text }) => {
    expect(amount(count, 'event')).toBe(text);
  });

  it.each([12, 123_456, 1_234_567, 1_000_000_000])('groups %d as English does', (count) => {
    expect(grouped(count)).toBe(count.toLocaleString('en-US'));
  });
});
