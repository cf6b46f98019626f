import { describe, expect, it } from 'vitest';
import { contactsOf, isRegular } from './conversation.ts';

/** Minutes as they are stored. */
function heardAt(minutes: readonly number[]) {
  const bits = { early: 0, late: 0 };
  for (const minute of minutes) {
    if (minute < 30) bits.early |= 1 << minute;
    else bits.late |= 1 << (minute - 30);
  }
  return bits;
}

const every = (step: number, from = 0) =>
  Array.from({ length: Math.ceil((60 - from) / step) }, (_, n) => from + n * step);

describe('contacts of an hour', () => {
  it('are the beginnings of unbroken runs, over the half hour too', () => {
    expect(contactsOf(heardAt([0, 1, 2, 10, 28, 29, 30, 31, 59]))).toEqual([0, 10, 28, 59]);
  });

  it.each([
    { minutes: every(5), regular: true, why: 'every five minutes' },
    { minutes: every(3), regular: true, why: 'every three' },
    { minutes: [1, 11, 20, 31, 40, 50], regular: true, why: 'every ten, give or take one' },
    { minutes: every(1), regular: false, why: 'all the time is one contact' },
    { minutes: [0, 2, 20, 21, 33, 58], regular: false, why: 'whenever there is work' },
    { minutes: every(15), regular: false, why: 'four say little' },
    { minutes: [], regular: false, why: 'none' },
  ])('$why: regular $regular', ({ minutes, regular }) => {
    expect(isRegular(heardAt(minutes))).toBe(regular);
  });
});
