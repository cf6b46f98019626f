import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueTable } from './value-table.ts';

describe('ValueTable', () => {
  it('answers as a map of objects would', () => {
    const hash = fc.oneof(fc.integer({ min: -6, max: 6 }), fc.integer());
    const step = fc.record({ hash, day: fc.nat(20_000), count: fc.integer({ min: 1, max: 9 }), drop: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const table = new ValueTable();
        const map = new Map<number, { firstDay: number; lastDay: number; count: number }>();
        for (const { hash: value, day, count, drop } of steps) {
          const known = map.get(value);
          if (drop) {
            table.delete(value);
            map.delete(value);
          } else {
            expect(table.see(value, day, count)).toBe(known === undefined);
            if (known === undefined) map.set(value, { firstDay: day, lastDay: day, count });
            else Object.assign(known, { lastDay: day, count: known.count + count });
          }
          expect(table.has(value)).toBe(map.has(value));
        }

        expect(table.size).toBe(map.size);
        expect(new Map(table)).toEqual(map);
        expect(table.seenSince(10_000)).toBe([...map.values()].filter(({ lastDay }) => lastDay >= 10_000).length);
      }),
    );
  });

  it('knows nothing when empty', () => {
    const table = new ValueTable();

    expect([table.size, table.has(0), table.countOf(0), table.get(0), table.seenSince(0)]).toEqual([
      0,
      false,
      0,
      undefined,
      0,
    ]);
  });

  it('stops counting at what a slot holds', () => {
    const table = new ValueTable();
    for (let i = 0; i < 3; i++) table.see(1, 0, 2 ** 30);

    expect(table.countOf(1)).toBe(2 ** 31 - 1);
  });
});
