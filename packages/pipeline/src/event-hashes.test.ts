import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHashes, hashEvent } from './event-hashes.ts';

const someHash = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -3, max: 3 }));

describe('hashes of events', () => {
  it('are a set', () => {
    fc.assert(
      fc.property(fc.array(someHash, { maxLength: 120 }), (hashes) => {
        const set = new EventHashes();
        const model = new Set<string>();
        for (const [low, high] of hashes) {
          expect(set.has(low, high)).toBe(model.has(`${low} ${high}`));
          expect(set.add(low, high)).toBe(!model.has(`${low} ${high}`));
          model.add(`${low} ${high}`);
        }

        const all: string[] = [];
        set.forEach((low, high) => {
          all.push(`${low} ${high}`);
        });
        expect(all.sort()).toEqual([...model].sort());
        expect(set.size).toBe(model.size);
      }),
    );
  });

  it('tell account and id apart, and say the same each time', () => {
    const of = (account: string, id: string) => {
      const hash = new Int32Array(2);
      hashEvent(hash, account, id);
      return [...hash].join(' ');
    };

    expect(of('23', '1')).not.toBe(of('3', '12'));
    expect(of('3', '12')).toBe(of('3', '12'));
  });
});
