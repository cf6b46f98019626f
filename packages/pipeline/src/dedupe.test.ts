import { EPOCH_MS, epochOf } from '@portcullis/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONDAY } from '../../../test/builders.ts';
import { SeenEvents } from './dedupe.ts';

describe('SeenEvents', () => {
  it('equals a set of (account, id) pairs', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('1', '2', '12'), fc.string({ maxLength: 3 })), { maxLength: 400 });
    fc.assert(
      fc.property(pairs, (events) => {
        const seen = new SeenEvents();
        const expected = new Set<string>();
        for (const [account, id] of events) {
          const key = JSON.stringify([account, id]);
          expect(seen.add(account, id, MONDAY)).toBe(!expected.has(key));
          expected.add(key);
        }
      }),
    );
  });

  it('grows without losing what it knows', () => {
    const seen = new SeenEvents();
    for (let i = 0; i < 20_000; i++) expect(seen.add('123456789012', `id-${i}`, MONDAY)).toBe(true);
    for (let i = 0; i < 20_000; i++) expect(seen.add('123456789012', `id-${i}`, MONDAY)).toBe(false);
  });

  it('forgets whole epochs, and only those', () => {
    const seen = new SeenEvents();
    seen.add('1', 'old', MONDAY);
    seen.add('1', 'new', MONDAY + EPOCH_MS);

    seen.forgetBefore(epochOf(MONDAY + EPOCH_MS));

    expect(seen.add('1', 'old', MONDAY)).toBe(true);
    expect(seen.add('1', 'new', MONDAY + EPOCH_MS)).toBe(false);
  });
});
